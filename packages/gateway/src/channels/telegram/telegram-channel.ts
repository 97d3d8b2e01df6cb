import { render } from "@quickcard/content/channels";
import type { SendOutcome } from "../../delivery/send-outcome.ts";
import { jsonFields } from "../../json/json-fields.ts";
import type { ChannelAdapter, ChannelTraits } from "../channel.ts";
import { type ChannelAnswer, type ChannelHttp, createChannelHttp } from "../channel-http.ts";
import { outcomeByStatus, outcomeOf } from "../failure-class.ts";
import { createMediaHttp } from "../media-http.ts";
import { planContent } from "../plan-content.ts";
import { sendParts } from "../send-parts.ts";
import { openTelegramMedia } from "./open-telegram-media.ts";
import { readTelegramWebhook } from "./read-telegram-webhook.ts";
import { telegramFailures } from "./telegram-failures.ts";

/** A Telegram bot. */
export interface TelegramOptions {
  /** As BotFather gives it. */
  token: string;
  /** What `setWebhook` was given as `secret_token`. */
  webhookSecret: string;
  /** Default: `https://api.telegram.org`. */
  baseUrl?: string;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
}

/** Nothing tells what became of a doubtful send. About 30 messages a second of a bot, and one to each chat. */
const traits: ChannelTraits = {
  repeat: "unsafe",
  evidence: false,
  requestTimeoutMs: 20_000,
  settleMs: 40_000,
  pace: { allowed: 25, windowMs: 1000 },
};

/** Telegram, by its Bot API. It tells nothing of what was delivered or read. */
export function telegramChannel(
  options: TelegramOptions,
  http: ChannelHttp = createChannelHttp(),
): ChannelAdapter {
  const { token, webhookSecret, now = Date.now } = options;
  const { baseUrl = "https://api.telegram.org" } = options;
  const media = createMediaHttp(baseUrl);
  return {
    name: "telegram",
    traits,
    readAddress: (text) => (/^[1-9]\d{0,15}$/.test(text) ? text : undefined),
    plan: (request) =>
      planContent("telegram", request, (messages) => messages.map((message) => render(message, "telegram"))),
    send(sending) {
      const { contact, signal, isTimely, attempt } = sending;
      return sendParts(
        sending,
        async ({ body: part }) => {
          const { method, ...rest } = part as { method: string };
          const url = `${baseUrl}/bot${token}/${method}`;
          const body = JSON.stringify({ ...rest, chat_id: Number(contact.address) });
          return readAnswer(await http.post({ url, headers: {}, body, signal, isTimely }), attempt, now());
        },
        now,
      );
    },
    webhook: { read: (body, head) => readTelegramWebhook(body, head, webhookSecret) },
    openMedia: openTelegramMedia({ media, baseUrl, token }),
    async close() {
      await Promise.all([http.close(), media.close()]);
    },
  };
}

function readAnswer({ status, headers, body }: ChannelAnswer, attempt: number, now: number): SendOutcome {
  const read = jsonFields(body);
  if (status >= 200 && status < 300) {
    const id = read.fields("result").number("message_id");
    return { kind: "applied", ...(id === undefined ? {} : { channelMessageId: String(id) }) };
  }
  const code = read.number("error_code") ?? status;
  const found = telegramFailures[code];
  if (!found) return outcomeByStatus("Telegram", status, headers, now);
  const seconds = read.fields("parameters").number("retry_after");
  const retryAfterMs = seconds === undefined ? undefined : seconds * 1000;
  return outcomeOf({ channel: "Telegram", code: String(code), found, attempt, retryAfterMs });
}
