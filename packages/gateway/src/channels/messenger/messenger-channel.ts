import type { Channel } from "@quickcard/content";
import { render } from "@quickcard/content/channels";
import type { SendOutcome } from "../../delivery/send-outcome.ts";
import { jsonFields, present } from "../../json/json-fields.ts";
import type { ChannelAdapter, ChannelTraits } from "../channel.ts";
import { type ChannelAnswer, type ChannelHttp, createChannelHttp } from "../channel-http.ts";
import { outcomeByStatus, outcomeOf } from "../failure-class.ts";
import { readGraphFault } from "../meta/graph-answer.ts";
import { answerHandshake } from "../meta/hub-webhook.ts";
import { planContent } from "../plan-content.ts";
import { searchParts, sendParts } from "../send-parts.ts";
import { isWindowOpen, windowClosed } from "../window.ts";
import { messengerFailure } from "./messenger-failures.ts";
import { readMessengerWebhook } from "./read-messenger-webhook.ts";

/** A page on Messenger, or a professional account on Instagram. */
export interface MessengerOptions {
  /** The page's id; on Instagram the account's. */
  pageId: string;
  /** Of the page, with `pages_messaging` or `instagram_manage_messages`. */
  accessToken: string;
  /** Of the Meta app: it signs the webhooks. */
  appSecret: string;
  /** What the handshake of the webhook must know. */
  verifyToken: string;
  /** Default: `https://graph.facebook.com`. */
  baseUrl?: string;
  /** Default: `v23.0`. */
  apiVersion?: string;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
}

type App = Channel & ("messenger" | "instagram");

/** Of a page: 300 calls a second. The echo of a message comes within seconds. */
const traits: ChannelTraits = {
  repeat: "unsafe",
  evidence: true,
  requestTimeoutMs: 20_000,
  settleMs: 45_000,
  pace: { allowed: 250, windowMs: 1000 },
};

const titles = { messenger: "Messenger", instagram: "Instagram" } as const;

/** Messenger, by Meta's Send API. The webhook needs `messages`, `messaging_postbacks`, `message_echoes` and the receipts. */
export function messengerChannel(options: MessengerOptions, http?: ChannelHttp): ChannelAdapter {
  return sendApiChannel("messenger", options, http);
}

/** Instagram, by Meta's Send API. It tells what was read, and nothing of what was delivered. */
export function instagramChannel(options: MessengerOptions, http?: ChannelHttp): ChannelAdapter {
  return sendApiChannel("instagram", options, http);
}

function sendApiChannel(
  app: App,
  options: MessengerOptions,
  http: ChannelHttp = createChannelHttp(),
): ChannelAdapter {
  const { pageId, accessToken, appSecret, verifyToken, now = Date.now } = options;
  const { baseUrl = "https://graph.facebook.com", apiVersion = "v23.0" } = options;
  const url = `${baseUrl}/${apiVersion}/${encodeURIComponent(pageId)}/messages`;
  const headers = { authorization: `Bearer ${accessToken}` };
  const title = titles[app];
  return {
    name: app,
    traits,
    // Ids are given out by Meta, each for one page.
    readAddress: (text) => (/^\d{1,32}$/.test(text) ? text : undefined),
    plan(request) {
      if (isWindowOpen(request.contact, request.deliverAt)) {
        return planContent(app, request, (messages) => messages.map((message) => render(message, app)));
      }
      const message = `The customer has not written on ${title} for 24 hours. Wait until the customer writes.`;
      return { kind: "refused", code: "channel.window.closed", pointer: "", message };
    },
    async send(sending) {
      const { contact, signal, isTimely, attempt } = sending;
      if (!isWindowOpen(contact, now())) return windowClosed(title);
      return sendParts(
        sending,
        async ({ body, written }) => {
          const message = { ...(body as object), metadata: written };
          const whole = { recipient: { id: contact.address }, messaging_type: "RESPONSE", message };
          const answer = await http.post({ url, headers, body: JSON.stringify(whole), signal, isTimely });
          return readAnswer(answer, { title, attempt, now: now() });
        },
        now,
      );
    },
    search: searchParts,
    webhook: {
      read: (body, head) => readMessengerWebhook(body, head, appSecret),
      shakeHands: (query) => answerHandshake(query, verifyToken),
    },
    close: () => http.close(),
  };
}

function readAnswer(
  { status, headers, body }: ChannelAnswer,
  { title, attempt, now }: { title: string; attempt: number; now: number },
): SendOutcome {
  if (status >= 200 && status < 300) {
    return { kind: "applied", ...present({ channelMessageId: jsonFields(body).text("message_id") }) };
  }
  const { code, subcode } = readGraphFault(body);
  const found = code === undefined ? undefined : messengerFailure(code, subcode);
  if (!found) return outcomeByStatus(title, status, headers, now);
  const name = subcode === undefined ? String(code) : `${code}/${subcode}`;
  return outcomeOf({ channel: title, code: name, found, attempt });
}
