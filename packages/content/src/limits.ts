/**
 * The upper limits of a message. They are ours: wide enough for every channel known to us, so that a message refused
 * here would be refused everywhere. Lengths are in UTF-16 code units, as JavaScript counts them; each must be reached
 * by well-formed text.
 */
export const limits = {
  /** `text.text`. */
  text: 32_000,
  /** The title of a quick reply: the whole question. */
  question: 4_096,
  cardTitle: 512,
  subtitle: 4_096,
  caption: 4_096,
  altText: 2_048,
  /** What stands on a choice or button. */
  label: 512,
  /** What a choice or button returns. */
  payload: 4_096,
  url: 2_048,
  filename: 255,
  mimeType: 255,
  placeName: 512,
  address: 1_024,
  /** Choices of a quick reply. */
  choices: 100,
  /** Cards of a carousel. */
  cards: 10,
  /** Actions of a card. */
  actions: 20,
  /** Degrees, north and south. */
  latitude: 90,
  /** Degrees, east and west. */
  longitude: 180,
  /** A date and time of ISO 8601. */
  instant: 35,
  /** The name of a WhatsApp template, and the code of its language. */
  templateName: 512,
  templateParameter: 1_024,
  /** Parameters of a template's body. */
  templateParameters: 100,
  templateButtons: 10,
  metadataEntries: 32,
  metadataKey: 64,
  metadataValue: 1_024,
} as const;
