import {
  type Action,
  type Card,
  type Choice,
  type Content,
  limits,
  type MessageBody,
} from "@quickcard/content";
import fc from "fast-check";

/** Well-formed text without NUL: most often short, now and then as long as it may be. */
function textArbitrary(maxLength: number, minLength = 1): fc.Arbitrary<string> {
  const shortLength = Math.min(maxLength, 30);
  const ofUnit = (unit: "grapheme" | "binary") =>
    fc
      .string({ unit, minLength, maxLength: shortLength })
      .map((text) => text.replaceAll("\0", "0"))
      .filter((text) => text.length <= maxLength);
  return fc.oneof(
    { weight: 6, arbitrary: ofUnit("grapheme") },
    { weight: 3, arbitrary: ofUnit("binary") },
    { weight: 1, arbitrary: fc.constantFrom("x", "é", "\n", '"').map((unit) => unit.repeat(maxLength)) },
  );
}

/** An `https:` URL as a message takes it. */
const urlArbitrary: fc.Arbitrary<string> = fc
  .webUrl({ validSchemes: ["https"], withQueryParameters: true, withFragments: true, size: "small" })
  .filter((url) => url.length <= limits.url);

const optionalText = (maxLength: number) => textArbitrary(maxLength, 0);
const label = textArbitrary(limits.label);
const filename = textArbitrary(limits.filename).map((name) => name.replace(/[/\\\p{Cc}]/gu, "_"));
const mimeType = fc.constantFrom("application/pdf", "text/plain; charset=utf-8", "image/svg+xml");

const webUrl: fc.Arbitrary<Action> = fc.record({
  type: fc.constant("web_url"),
  title: label,
  url: urlArbitrary,
});
const postback: fc.Arbitrary<Action> = fc.record({
  type: fc.constant("postback"),
  title: label,
  payload: textArbitrary(1_000),
});
const action = fc.oneof(webUrl, postback);

const card: fc.Arbitrary<Card> = fc.record(
  {
    title: textArbitrary(limits.cardTitle),
    subtitle: optionalText(limits.subtitle),
    image: fc.record({ url: urlArbitrary, altText: optionalText(limits.altText) }, { requiredKeys: ["url"] }),
    actions: fc.array(action, { maxLength: limits.actions, size: "small" }),
    defaultAction: action,
  },
  { requiredKeys: ["title"] },
);

/** Makes the payloads of some cards unique by their place. */
function withUniquePayloads(cards: readonly Card[]): Card[] {
  const placed = (item: Action, place: string): Action =>
    item.type === "postback" ? { ...item, payload: `${place} ${item.payload}` } : item;
  return cards.map(({ actions, defaultAction, ...rest }, at) => ({
    ...rest,
    ...(actions && { actions: actions.map((item, index) => placed(item, `${at}.${index}`)) }),
    ...(defaultAction && { defaultAction: placed(defaultAction, `${at}.-1`) }),
  }));
}

const choices: fc.Arbitrary<Choice[]> = fc.uniqueArray(
  fc.record(
    { label, value: textArbitrary(limits.payload), imageUrl: urlArbitrary },
    { requiredKeys: ["label", "value"] },
  ),
  { selector: ({ value }) => value, minLength: 1, maxLength: limits.choices, size: "small" },
);

const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));

const type = <const Name extends string>(name: Name) => fc.constant(name);
const caption = optionalText(limits.caption);

/** Valid contents of each type. */
const contentArbitraries: { [Type in Content["type"]]: fc.Arbitrary<Content & { type: Type }> } = {
  text: fc.record({ type: type("text"), text: textArbitrary(limits.text) }),
  image: fc.record(
    { type: type("image"), url: urlArbitrary, altText: optionalText(limits.altText), caption },
    { requiredKeys: ["type", "url"] },
  ),
  audio: fc.record({ type: type("audio"), url: urlArbitrary, caption }, { requiredKeys: ["type", "url"] }),
  video: fc.record(
    { type: type("video"), url: urlArbitrary, caption, thumbnailUrl: urlArbitrary },
    { requiredKeys: ["type", "url"] },
  ),
  file: fc.record(
    { type: type("file"), url: urlArbitrary, filename, mimeType, caption },
    { requiredKeys: ["type", "url"] },
  ),
  location: fc.record(
    {
      type: type("location"),
      latitude: degrees(limits.latitude),
      longitude: degrees(limits.longitude),
      name: optionalText(limits.placeName),
      address: optionalText(limits.address),
    },
    { requiredKeys: ["type", "latitude", "longitude"] },
  ),
  "quick-reply": fc.record({ type: type("quick-reply"), title: textArbitrary(limits.question), choices }),
  card: card.map((body) => ({ type: "card" as const, ...(withUniquePayloads([body])[0] ?? body) })),
  carousel: fc
    .array(card, { minLength: 1, maxLength: limits.cards, size: "small" })
    .map((cards) => ({ type: "carousel" as const, cards: withUniquePayloads(cards) })),
};

/** A valid content of any type. */
export const contentArbitrary: fc.Arbitrary<Content> = fc.oneof(...Object.values(contentArbitraries));

/** What a sender may put beside a content. */
const metadataArbitrary: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  textArbitrary(limits.metadataKey).filter((key) => key !== "__proto__"),
  optionalText(limits.metadataValue),
  { maxKeys: limits.metadataEntries, size: "small", noNullPrototype: true },
);

const instant = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

/** How a message may be delivered: for as long as a validator of no clock can tell. */
const deliveryArbitrary: fc.Arbitrary<NonNullable<MessageBody["delivery"]>> = fc
  .record(
    {
      mode: fc.constantFrom("reconcile", "at-least-once", "at-most-once"),
      sendAt: instant,
      expiresAt: instant,
    },
    { requiredKeys: [] },
  )
  .filter(({ sendAt = "", expiresAt = "Z" }) => expiresAt > sendAt);

/** The valid body of a send. */
export const messageArbitrary: fc.Arbitrary<MessageBody> = fc.record(
  {
    type: type("message"),
    content: contentArbitrary,
    metadata: metadataArbitrary,
    delivery: deliveryArbitrary,
  },
  { requiredKeys: ["type", "content"] },
);
