/** Message objects of the Messaging API. Lengths are in UTF-16 units, as LINE counts them. */
import { z } from "zod";

const text = (max: number) => z.string().min(1).max(max);
const https = (max = 2000) => z.url({ protocol: /^https$/ }).max(max);
const actionUri = z
  .string()
  .max(1000)
  .regex(/^(https?|line|tel):/, "must be http, https, line or tel");

const postback = (label: number) =>
  z.strictObject({
    type: z.literal("postback"),
    label: text(label),
    data: text(300),
    displayText: text(300).exactOptional(),
  });
const openUri = (label: number) =>
  z.strictObject({ type: z.literal("uri"), label: text(label), uri: actionUri });
const say = (label: number) =>
  z.strictObject({ type: z.literal("message"), label: text(label), text: text(300) });
const action = (label: number) => z.discriminatedUnion("type", [postback(label), openUri(label), say(label)]);

const defaultAction = z.strictObject({
  type: z.literal("uri"),
  label: text(20).exactOptional(),
  uri: actionUri,
});

const quickReply = z.strictObject({
  items: z
    .array(
      z.strictObject({
        type: z.literal("action"),
        imageUrl: https().exactOptional(),
        action: z.discriminatedUnion("type", [
          postback(20),
          openUri(20),
          say(20),
          z.strictObject({ type: z.literal("location"), label: text(20) }),
        ]),
      }),
    )
    .min(1)
    .max(13),
});

const picture = {
  thumbnailImageUrl: https().exactOptional(),
  imageAspectRatio: z.enum(["rectangle", "square"]).exactOptional(),
  imageSize: z.enum(["cover", "contain"]).exactOptional(),
};

const hasRoom =
  (without: number) => (value: { text: string; title?: unknown; thumbnailImageUrl?: unknown }) =>
    value.text.length <= (value.title || value.thumbnailImageUrl ? 60 : without);

const buttons = z
  .strictObject({
    type: z.literal("buttons"),
    ...picture,
    title: text(40).exactOptional(),
    text: text(160),
    defaultAction: defaultAction.exactOptional(),
    actions: z.array(action(20)).min(1).max(4),
  })
  .refine(hasRoom(160), { path: ["text"], message: "must be no longer than 60 characters" });

const confirm = z.strictObject({
  type: z.literal("confirm"),
  text: text(240),
  actions: z.array(action(20)).length(2),
});

const column = z
  .strictObject({
    thumbnailImageUrl: https().exactOptional(),
    title: text(40).exactOptional(),
    text: text(120),
    defaultAction: defaultAction.exactOptional(),
    actions: z.array(action(20)).min(1).max(3),
  })
  .refine(hasRoom(120), { path: ["text"], message: "must be no longer than 60 characters" });

const isUniform = <Row>(rows: Row[], trait: (row: Row) => unknown) => new Set(rows.map(trait)).size <= 1;

const carousel = z.strictObject({
  type: z.literal("carousel"),
  imageAspectRatio: picture.imageAspectRatio,
  imageSize: picture.imageSize,
  columns: z
    .array(column)
    .min(1)
    .max(10)
    .refine((all) => isUniform(all, ({ actions }) => actions.length), "must have the same number of actions")
    .refine((all) => isUniform(all, ({ title }) => title === undefined), "must all have a title, or none")
    .refine(
      (all) => isUniform(all, (one) => one.thumbnailImageUrl === undefined),
      "must all have an image, or none",
    ),
});

const imageCarousel = z.strictObject({
  type: z.literal("image_carousel"),
  columns: z
    .array(z.strictObject({ imageUrl: https(), action: action(12) }))
    .min(1)
    .max(10),
});

const template = z.discriminatedUnion("type", [buttons, confirm, carousel, imageCarousel]);

const maxFlexBytes = 50_000;

const extra = {
  quickReply: quickReply.exactOptional(),
  sender: z
    .strictObject({ name: text(20).exactOptional(), iconUrl: https().exactOptional() })
    .exactOptional(),
};

/** One bubble. */
const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(5000), ...extra }),
  z.strictObject({
    type: z.literal("image"),
    originalContentUrl: https(),
    previewImageUrl: https(),
    ...extra,
  }),
  z.strictObject({
    type: z.literal("video"),
    originalContentUrl: https(),
    previewImageUrl: https(),
    trackingId: text(100).exactOptional(),
    ...extra,
  }),
  z.strictObject({
    type: z.literal("audio"),
    originalContentUrl: https(),
    duration: z.int().min(1),
    ...extra,
  }),
  z.strictObject({
    type: z.literal("location"),
    title: text(100),
    address: text(100),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    ...extra,
  }),
  z.strictObject({ type: z.literal("template"), altText: text(1500), template, ...extra }),
  z.strictObject({
    type: z.literal("flex"),
    altText: text(1500),
    contents: z
      .looseObject({ type: z.enum(["bubble", "carousel"]) })
      .refine((value) => JSON.stringify(value).length <= maxFlexBytes, "is too large"),
    ...extra,
  }),
]);

export type LineMessage = z.output<typeof messageSchema>;

const messages = z.array(messageSchema).min(1).max(5);

export const pushSchema = z.strictObject({
  to: text(100),
  messages,
  notificationDisabled: z.boolean().exactOptional(),
});

export const replySchema = z.strictObject({
  replyToken: text(100),
  messages,
  notificationDisabled: z.boolean().exactOptional(),
});

export const validateSchema = z.strictObject({ messages });
