import { createHash } from "node:crypto";
import { render } from "@quickcard/content/channels";
import type { SendOutcome } from "../../delivery/send-outcome.ts";
import { jsonFields, present } from "../../json/json-fields.ts";
import type { ChannelAdapter, ChannelTraits } from "../channel.ts";
import { type ChannelAnswer, type ChannelHttp, createChannelHttp } from "../channel-http.ts";
import { outcomeByStatus } from "../failure-class.ts";
import { createMediaHttp } from "../media-http.ts";
import { planContent } from "../plan-content.ts";
import { sendParts } from "../send-parts.ts";
import { openLineMedia } from "./open-line-media.ts";
import { readLineWebhook } from "./read-line-webhook.ts";

/** A LINE official account. */
export interface LineOptions {
  channelAccessToken: string;
  /** It signs the webhooks. */
  channelSecret: string;
  /** Default: `https://api.line.me`. */
  baseUrl?: string;
  /** Where customers' media are. Default: `https://api-data.line.me`. */
  dataBaseUrl?: string;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
}

/** With a retry key LINE takes the same request twice for one. */
const traits: ChannelTraits = {
  repeat: "safe",
  evidence: false,
  requestTimeoutMs: 20_000,
  settleMs: 0,
  pace: { allowed: 1500, windowMs: 1000 },
};

/** LINE remembers a retry key for 24 hours; one hour of that is left for clocks that differ. */
const retryKeyMs = 23 * 60 * 60 * 1000;

/** Messages of one request. */
const batchLength = 5;

/** How long a 429 pauses the account where LINE does not say how long. */
const pauseMs = 5000;

/** LINE, by push messages. */
export function lineChannel(options: LineOptions, http: ChannelHttp = createChannelHttp()): ChannelAdapter {
  const { channelAccessToken, channelSecret, now = Date.now } = options;
  const { baseUrl = "https://api.line.me", dataBaseUrl = "https://api-data.line.me" } = options;
  const media = createMediaHttp(dataBaseUrl);
  const url = `${baseUrl}/v2/bot/message/push`;
  const authorization = `Bearer ${channelAccessToken}`;
  return {
    name: "line",
    traits,
    readAddress: (text) => (/^U[0-9a-f]{32}$/.test(text) ? text : undefined),
    plan: (request) =>
      planContent("line", request, (messages) => batches(messages.map((one) => render(one, "line")))),
    async send(sending) {
      const { contact, message, attempt, signal, isTimely } = sending;
      const firstAt = Math.max(message.createdAt, message.sendAt ?? 0);
      if (attempt > 1 && now() - firstAt > retryKeyMs) return tooLateToRepeat;
      return sendParts(
        sending,
        async ({ body: messages, mark }) => {
          const headers = { authorization, "x-line-retry-key": retryKey(mark.messageId, mark.number) };
          const body = JSON.stringify({ to: contact.address, messages });
          const answer = await http.post({ url, headers, body, signal, isTimely });
          return readAnswer(answer, now());
        },
        now,
      );
    },
    webhook: { read: (body, head) => readLineWebhook(body, head, channelSecret) },
    openMedia: openLineMedia({ media, dataBaseUrl, headers: { authorization } }),
    async close() {
      await Promise.all([http.close(), media.close()]);
    },
  };
}

/** What an earlier attempt came to cannot be found out any more. */
const tooLateToRepeat: SendOutcome = {
  kind: "ambiguous",
  reason: "LINE remembers an earlier attempt for 24 hours, and they are over.",
  repeat: "unsafe",
};

function batches(messages: unknown[]): unknown[][] {
  const count = Math.ceil(messages.length / batchLength);
  return Array.from({ length: count }, (_, index) =>
    messages.slice(index * batchLength, (index + 1) * batchLength),
  );
}

/** The same UUID for every attempt to send a part. */
function retryKey(messageId: string, number: number): string {
  const hex = createHash("sha256").update(`${messageId}/${number}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * 409: a request with this key was taken before, and its messages are on their way.
 *
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
function readAnswer({ status, headers, body }: ChannelAnswer, now: number): SendOutcome {
  if ((status >= 200 && status < 300) || status === 409) {
    return {
      kind: "applied",
      ...present({ channelMessageId: jsonFields(body).list("sentMessages").at(-1)?.text("id") }),
    };
  }
  const outcome = outcomeByStatus("LINE", status, headers, now);
  if (status === 429) return { pauseMs, ...outcome };
  return outcome;
}
