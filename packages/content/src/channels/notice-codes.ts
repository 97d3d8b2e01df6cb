/** What is known of each kind of change before it is made. */
export interface NoticeCode {
  /** Something that the customer could have seen or done is lost. */
  lossy: boolean;
  /** Whether a customer would see that something changed; what nobody sees is no reason for `strict` to refuse. */
  seen: boolean;
  /** What is done. */
  meaning: string;
}

/** The changes that `degrade` makes, by their code. */
export const noticeCodes = {
  fallback_used: {
    lossy: false,
    seen: true,
    meaning: "The sender's own content for this channel is sent instead.",
  },
  blank_filled: {
    lossy: false,
    seen: true,
    meaning: "A text without anything to see is replaced by another.",
  },
  blank_dropped: { lossy: false, seen: false, meaning: "A text without anything to see is left out." },
  label_truncated: {
    lossy: true,
    seen: true,
    meaning: "A label is cut and numbered; the body holds it in full.",
  },
  label_duplicate: { lossy: true, seen: true, meaning: "Labels that would be equal are numbered." },
  payload_aliased: {
    lossy: false,
    seen: false,
    meaning: "A value that the channel does not take is replaced by an alias.",
  },
  qr_icon_dropped: { lossy: true, seen: true, meaning: "The picture of a choice is left out." },
  qr_to_list: { lossy: false, seen: true, meaning: "Choices are shown as a list to open." },
  qr_to_numbered_text: {
    lossy: true,
    seen: true,
    meaning: "Choices are numbered lines of text, answered by typing.",
  },
  qr_moved_to_last: {
    lossy: false,
    seen: false,
    meaning: "Choices stand on the last message, as they vanish with the next.",
  },
  card_title_folded: { lossy: false, seen: true, meaning: "Title and subtitle are one text." },
  card_text_split: {
    lossy: false,
    seen: true,
    meaning: "A text too long for a card stands in full in a message before it.",
  },
  card_buttons_overflow: {
    lossy: true,
    seen: true,
    meaning: "Buttons that find no room are numbered lines of text, answered by typing.",
  },
  card_to_parts: { lossy: false, seen: true, meaning: "A card is shown as picture, text and choices." },
  url_button_to_link: {
    lossy: false,
    seen: true,
    meaning: "A button that opens a page is a line of text with its link.",
  },
  default_action_to_button: { lossy: false, seen: true, meaning: "What a tap on the card does is a button." },
  default_action_dropped: {
    lossy: false,
    seen: true,
    meaning: "A tap on the card does nothing; a button does the same.",
  },
  carousel_single_to_card: { lossy: false, seen: true, meaning: "A carousel of one card is that card." },
  carousel_to_list: { lossy: true, seen: true, meaning: "A carousel is a text and a choice of its cards." },
  carousel_to_cards: { lossy: false, seen: true, meaning: "A carousel is one message a card." },
  carousel_to_digest: {
    lossy: true,
    seen: true,
    meaning: "A carousel is one numbered text; its pictures are left out.",
  },
  image_dropped: {
    lossy: true,
    seen: true,
    meaning: "A card's picture that the channel does not take is left out.",
  },
  location_to_link: {
    lossy: false,
    seen: true,
    meaning: "A place is its name, its address and a link to a map.",
  },
  location_title_filled: {
    lossy: false,
    seen: true,
    meaning: "A place without name or address shows the other, or its coordinates.",
  },
  location_details_split: {
    lossy: false,
    seen: true,
    meaning: "Name and address of a place stand in a message before it.",
  },
  media_to_link: { lossy: true, seen: true, meaning: "A picture, recording, film or file is a link." },
  caption_split: { lossy: false, seen: true, meaning: "A caption stands in a message of its own." },
  alt_text_dropped: {
    lossy: true,
    seen: false,
    meaning: "The channel has no place for what a picture shows.",
  },
  filename_dropped: {
    lossy: true,
    seen: true,
    meaning: "The channel takes the name of a file from its URL.",
  },
  thumbnail_dropped: {
    lossy: true,
    seen: true,
    meaning: "The channel makes its own still picture of a film.",
  },
  text_split: { lossy: false, seen: true, meaning: "A text is several messages." },
  text_gsm_transliterated: {
    lossy: false,
    seen: true,
    meaning: "Typographic characters are replaced, so that a segment holds more.",
  },
} as const satisfies Record<string, NoticeCode>;

/** The code of a change. */
export type NoticeCodeName = keyof typeof noticeCodes;
