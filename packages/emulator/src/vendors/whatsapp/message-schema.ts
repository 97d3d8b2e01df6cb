/** Bodies of `POST /{phone_number_id}/messages`, by Meta's pages on each type. */
import { z } from "zod";

const text = (max: number) => z.string().min(1).max(max);
const link = z.url({ protocol: /^https?$/ });
/** Ids of buttons and rows have no spaces around them. */
const id = (max: number) => text(max).regex(/^\S(.*\S)?$/s, "must not begin or end with a space");

const source = <Extra extends z.core.$ZodLooseShape>(extra: Extra) =>
  z.union([z.strictObject({ link, ...extra }), z.strictObject({ id: text(200), ...extra })]);
const caption = text(1024).exactOptional();
const image = source({ caption });
const video = source({ caption });
const audio = source({});
const document = source({ caption, filename: text(240).exactOptional() });

const textHeader = z.strictObject({ type: z.literal("text"), text: text(60) });
const mediaHeader = [
  z.strictObject({ type: z.literal("image"), image: source({}) }),
  z.strictObject({ type: z.literal("video"), video: source({}) }),
] as const;
const header = z.discriminatedUnion("type", [
  textHeader,
  ...mediaHeader,
  z.strictObject({ type: z.literal("document"), document: source({ filename: text(240).exactOptional() }) }),
]);
const body = z.strictObject({ text: text(1024) });
const footer = z.strictObject({ text: text(60) });
const around = { header: header.exactOptional(), body, footer: footer.exactOptional() };

const hasUnique = (values: readonly string[]) => new Set(values).size === values.length;

const buttons = z.strictObject({
  type: z.literal("button"),
  ...around,
  action: z.strictObject({
    buttons: z
      .array(
        z.strictObject({ type: z.literal("reply"), reply: z.strictObject({ id: id(256), title: text(20) }) }),
      )
      .min(1)
      .max(3)
      .refine((all) => hasUnique(all.map(({ reply }) => reply.title)), "Duplicate button title")
      .refine((all) => hasUnique(all.map(({ reply }) => reply.id)), "Duplicate button id"),
  }),
});

const row = z.strictObject({ id: id(200), title: text(24), description: text(72).exactOptional() });

const list = z.strictObject({
  type: z.literal("list"),
  header: textHeader.exactOptional(),
  body: z.strictObject({ text: text(4096) }),
  footer: footer.exactOptional(),
  action: z.strictObject({
    button: text(20),
    sections: z
      .array(z.strictObject({ title: text(24).exactOptional(), rows: z.array(row).min(1).max(10) }))
      .min(1)
      .max(10)
      .refine((all) => all.length === 1 || all.every(({ title }) => title), "Section title is required")
      .refine(
        (all) => all.flatMap(({ rows }) => rows).length <= 10,
        "Total row count exceed max allowed count: 10",
      )
      .refine((all) => hasUnique(all.flatMap(({ rows }) => rows.map((one) => one.id))), "Duplicated row id"),
  }),
});

const openUrl = z.strictObject({
  name: z.literal("cta_url"),
  parameters: z.strictObject({ display_text: text(20), url: link }),
});
const ctaUrl = z.strictObject({ type: z.literal("cta_url"), ...around, action: openUrl });

const quickReplies = z.strictObject({
  buttons: z
    .array(
      z.strictObject({
        type: z.literal("quick_reply"),
        quick_reply: z.strictObject({ id: id(256), title: text(20) }),
      }),
    )
    .min(1)
    .max(2),
});
const cardBody = z.strictObject({
  text: text(160).refine((value) => value.split("\n").length <= 3, "has more than 2 line breaks"),
});
const card = z.strictObject({
  card_index: z.int().min(0).max(9),
  type: z.literal("cta_url"),
  header: z.discriminatedUnion("type", [...mediaHeader]),
  body: cardBody.exactOptional(),
  action: z.union([openUrl, quickReplies]),
});
type Card = z.output<typeof card>;

/** What all cards of a carousel must have in common. */
const shape = ({ action, header: { type } }: Card) =>
  "buttons" in action ? `${type}:${action.buttons.length}` : `${type}:url`;
const replyIds = (cards: Card[]) =>
  cards.flatMap(({ action }) => ("buttons" in action ? action.buttons.map((one) => one.quick_reply.id) : []));

const carousel = z.strictObject({
  type: z.literal("carousel"),
  body,
  action: z.strictObject({
    cards: z
      .array(card)
      .min(2)
      .max(10)
      .refine(
        (all) => all.every(({ card_index }, index) => card_index === index),
        "card_index is out of order",
      )
      .refine((all) => new Set(all.map(shape)).size === 1, "Cards must have the same header and buttons")
      .refine((all) => hasUnique(replyIds(all)), "Duplicate button id"),
  }),
});

const locationRequest = z.strictObject({
  type: z.literal("location_request_message"),
  body,
  action: z.strictObject({ name: z.literal("send_location") }),
});

const interactive = z.discriminatedUnion("type", [buttons, list, ctaUrl, carousel, locationRequest]);

const degrees = (limit: number) => z.coerce.number().min(-limit).max(limit);
const location = z.strictObject({
  latitude: degrees(90),
  longitude: degrees(180),
  // No lengths are published: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages
  name: z.string().min(1).exactOptional(),
  address: z.string().min(1).exactOptional(),
});

const parameter = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(1024), parameter_name: text(64).exactOptional() }),
  z.strictObject({ type: z.literal("image"), image: source({}) }),
  z.strictObject({ type: z.literal("video"), video: source({}) }),
  z.strictObject({ type: z.literal("document"), document: source({ filename: text(240).exactOptional() }) }),
  z.strictObject({ type: z.literal("payload"), payload: text(128) }),
]);
const component = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), parameters: z.array(parameter).max(1) }),
  z.strictObject({ type: z.literal("body"), parameters: z.array(parameter).max(100) }),
  z.strictObject({
    type: z.literal("button"),
    sub_type: z.enum(["quick_reply", "url"]),
    index: z.union([z.int().min(0).max(9), z.string().regex(/^\d$/)]),
    parameters: z.array(parameter).length(1),
  }),
]);
const template = z.strictObject({
  name: text(512),
  language: z.strictObject({ code: text(16), policy: z.literal("deterministic").exactOptional() }),
  components: z.array(component).max(12).exactOptional(),
});

const envelope = {
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").exactOptional(),
  to: text(64).regex(/^\+?[\d\s().-]{5,}$/, "must be a phone number"),
  biz_opaque_callback_data: text(512).exactOptional(),
  context: z.strictObject({ message_id: text(200) }).exactOptional(),
};

/** A message that a program sends. */
export const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...envelope,
    type: z.literal("text"),
    text: z.strictObject({ body: text(4096), preview_url: z.boolean().exactOptional() }),
  }),
  z.strictObject({ ...envelope, type: z.literal("image"), image }),
  z.strictObject({ ...envelope, type: z.literal("video"), video }),
  z.strictObject({ ...envelope, type: z.literal("audio"), audio }),
  z.strictObject({ ...envelope, type: z.literal("document"), document }),
  z.strictObject({ ...envelope, type: z.literal("sticker"), sticker: source({}) }),
  z.strictObject({ ...envelope, type: z.literal("location"), location }),
  z.strictObject({ ...envelope, type: z.literal("interactive"), interactive }),
  z.strictObject({ ...envelope, type: z.literal("template"), template }),
]);

export type WhatsAppMessage = z.output<typeof messageSchema>;
export type WhatsAppInteractive = z.output<typeof interactive>;
export type WhatsAppTemplateMessage = z.output<typeof template>;

/** The other body of the same route: a customer's message was read. */
export const markReadSchema = z.object({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: text(200),
});
