import type { Content } from "../../content.ts";
import type { JsonObject } from "./json.ts";
import { renderGenesys } from "./render-genesys.ts";
import { renderLine } from "./render-line.ts";
import { renderMessenger } from "./render-messenger.ts";
import { renderSms } from "./render-sms.ts";
import { renderTelegram } from "./render-telegram.ts";
import { renderWhatsApp } from "./render-whatsapp.ts";

/** The channels whose own form of a message is known. */
export const renderedChannels = [
  "whatsapp",
  "messenger",
  "instagram",
  "line",
  "telegram",
  "genesys-web-messenger",
  "sms",
] as const;

/** A channel whose own form of a message is known. */
export type RenderedChannel = (typeof renderedChannels)[number];

/** What rendering may be told. */
export interface RenderOptions {
  /** What stands on the button that opens a list of choices. Default: `Choose`. */
  chooseLabel?: string | undefined;
}

const renderers: Readonly<Record<RenderedChannel, (content: Content, options: RenderOptions) => JsonObject>> =
  {
    whatsapp: renderWhatsApp,
    messenger: renderMessenger,
    instagram: renderMessenger,
    line: renderLine,
    telegram: renderTelegram,
    "genesys-web-messenger": renderGenesys,
    sms: renderSms,
  };

/**
 * A message of a `degrade` in the channel's own form, without what says who it is for.
 *
 * `whatsapp`: a body of `POST /{phone_number_id}/messages` without `messaging_product` and `to`. `messenger` and
 * `instagram`: the `message` of a body of `POST /{page_id}/messages`. `line`: one of `messages` of a push or reply.
 * `telegram`: the parameters of a method of the Bot API without `chat_id`, and the method's name as `method`.
 * `genesys-web-messenger`: `type`, `text` and `content` of Genesys Cloud's normalized message. `sms`: its `text`.
 *
 * @throws {TypeError} the channel cannot show the content; `degrade` makes of it what it can
 */
export function render(content: Content, channel: RenderedChannel, options: RenderOptions = {}): JsonObject {
  return renderers[channel](content, options);
}
