/** Bodies of `POST /{page}/messages`, by Meta's pages on the Send API, and what Instagram takes of them. */
import { z } from "zod";

/** The two that share the Send API. */
export type MetaApp = "messenger" | "instagram";

const text = (max: number) => z.string().min(1).max(max);
const url = z.url({ protocol: /^https?$/ });

const webUrl = z.strictObject({ type: z.literal("web_url"), title: text(20), url });
const postback = z.strictObject({ type: z.literal("postback"), title: text(20), payload: text(1000) });
const call = z.strictObject({
  type: z.literal("phone_number"),
  title: text(20),
  payload: z.string().regex(/^\+\d+$/),
});
const login = z.strictObject({ type: z.literal("account_link"), url });

const buttons = {
  messenger: z.discriminatedUnion("type", [webUrl, postback, call, login]),
  instagram: z.discriminatedUnion("type", [webUrl, postback]),
};

const defaultAction = z.strictObject({ type: z.literal("web_url"), url });

const element = (app: MetaApp) =>
  z
    .strictObject({
      title: text(80),
      subtitle: text(80).exactOptional(),
      image_url: url.exactOptional(),
      default_action: defaultAction.exactOptional(),
      buttons: z.array(buttons[app]).min(1).max(3).exactOptional(),
    })
    .refine((value) => Object.keys(value).length > 1, "needs more than a title");

const template = (app: MetaApp) =>
  z.strictObject({
    type: z.literal("template"),
    payload: z.discriminatedUnion("template_type", [
      z.strictObject({ template_type: z.literal("generic"), elements: z.array(element(app)).min(1).max(10) }),
      z.strictObject({
        template_type: z.literal("button"),
        text: text(640),
        buttons: z.array(buttons[app]).min(1).max(3),
      }),
    ]),
  });

const media = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    type: z.literal(kind),
    payload: z.strictObject({ url, is_reusable: z.boolean().exactOptional() }),
  });

const quickReply = (app: MetaApp) =>
  z.strictObject({
    content_type: z.literal("text"),
    // Longer ones are cut, not refused.
    title: text(512),
    payload: text(1000),
    ...(app === "messenger" ? { image_url: url.exactOptional() } : {}),
  });

const bytesOf = (value: string) => new TextEncoder().encode(value).length;

const message = (app: MetaApp) =>
  z
    .strictObject({
      text: z
        .string()
        .min(1)
        .refine(
          (value) => (app === "instagram" ? bytesOf(value) <= 1000 : value.length <= 2000),
          "is too long",
        )
        .exactOptional(),
      attachment: z
        .discriminatedUnion("type", [
          template(app),
          media("image"),
          media("audio"),
          media("video"),
          media("file"),
        ])
        .exactOptional(),
      quick_replies: z.array(quickReply(app)).min(1).max(13).exactOptional(),
      metadata: z.string().max(999).exactOptional(),
    })
    .refine(
      (value) => (value.text === undefined) !== (value.attachment === undefined),
      "needs text or an attachment",
    );

const recipient = z.strictObject({ id: text(64) });

/** A message that a program sends. */
export const sendSchema = (app: MetaApp) =>
  z.strictObject({
    recipient,
    messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG"]).exactOptional(),
    tag: text(64).exactOptional(),
    message: message(app),
  });

export type MessengerMessage = z.output<ReturnType<typeof message>>;

/** The other body of the same route: typing, or that a message was seen. */
export const senderActionSchema = z.strictObject({
  recipient,
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen"]),
});
