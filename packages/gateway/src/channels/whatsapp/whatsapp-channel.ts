import { render } from "@quickcard/content/channels";
import type { SendOutcome } from "../../delivery/send-outcome.ts";
import { jsonFields, present } from "../../json/json-fields.ts";
import type { ContactRecord } from "../../store/records.ts";
import type { ChannelAdapter, ChannelTraits, Plan, PlanRequest, Sending } from "../channel.ts";
import { type ChannelAnswer, type ChannelHttp, createChannelHttp } from "../channel-http.ts";
import { outcomeByStatus, outcomeOf } from "../failure-class.ts";
import { createMediaHttp } from "../media-http.ts";
import { readGraphFault } from "../meta/graph-answer.ts";
import { answerHandshake } from "../meta/hub-webhook.ts";
import { planContent } from "../plan-content.ts";
import { searchParts, sendParts } from "../send-parts.ts";
import { isWindowOpen, windowClosed } from "../window.ts";
import { openWhatsAppMedia } from "./open-whatsapp-media.ts";
import { readWhatsAppWebhook } from "./read-whatsapp-webhook.ts";
import { planTemplate } from "./template-message.ts";
import { whatsAppFailures } from "./whatsapp-failures.ts";

/** A number of a WhatsApp business account. */
export interface WhatsAppOptions {
  phoneNumberId: string;
  /** Of a system user with `whatsapp_business_messaging`. */
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

/** Of a new number: 80 messages a second. An answer to a send comes within seconds; a status a little later. */
const traits: ChannelTraits = {
  repeat: "unsafe",
  evidence: true,
  requestTimeoutMs: 20_000,
  settleMs: 45_000,
  pace: { allowed: 80, windowMs: 1000 },
};

/** WhatsApp's Cloud API. A 200 is not delivery: what became of a message comes by webhook. */
export function whatsAppChannel(
  options: WhatsAppOptions,
  http: ChannelHttp = createChannelHttp(),
): ChannelAdapter {
  const { phoneNumberId, accessToken, appSecret, verifyToken, now = Date.now } = options;
  const { baseUrl = "https://graph.facebook.com", apiVersion = "v23.0" } = options;
  const graph = `${baseUrl}/${apiVersion}`;
  const number = encodeURIComponent(phoneNumberId);
  const url = `${graph}/${number}/messages`;
  const media = createMediaHttp(baseUrl);
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    name: "whatsapp",
    traits,
    readAddress: readPhoneNumber,
    plan: (request) => plan(request),
    async send(sending) {
      if (await isTooLateForWindow(sending, now)) return windowClosed("WhatsApp");
      const { contact, signal, isTimely, attempt } = sending;
      return sendParts(
        sending,
        async ({ body, written }) => {
          const message = { ...(body as object), ...envelope(contact), biz_opaque_callback_data: written };
          const post = { url, headers, body: JSON.stringify(message), signal, isTimely };
          return readAnswer(await http.post(post), attempt, now());
        },
        now,
      );
    },
    search: searchParts,
    webhook: {
      read: (body, head) => readWhatsAppWebhook(body, head, appSecret),
      shakeHands: (query) => answerHandshake(query, verifyToken),
    },
    openMedia: openWhatsAppMedia({ media, graph, number, headers }),
    async close() {
      await Promise.all([http.close(), media.close()]);
    },
  };
}

/** A customer is written to by number, as WhatsApp writes it: digits with the country's code, nothing before. */
function readPhoneNumber(text: string): string | undefined {
  const digits = text.replace(/^\+|[\s().-]/g, "");
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

function envelope({ address }: ContactRecord) {
  return { messaging_product: "whatsapp", recipient_type: "individual", to: address ?? "" };
}

function plan(request: PlanRequest): Plan {
  const { adaptation, contact, deliverAt, messageId } = request;
  if (isWindowOpen(contact, deliverAt)) {
    return planContent("whatsapp", request, (messages) =>
      messages.map((message) => render(message, "whatsapp")),
    );
  }
  const template = adaptation?.whatsappTemplate;
  if (template) return { kind: "planned", rendering: planTemplate(template, messageId) };
  return {
    kind: "refused",
    code: "channel.window.closed",
    pointer: "",
    message:
      "The customer has not written on WhatsApp for 24 hours. Name a template in adaptation.whatsappTemplate, or wait until the customer writes.",
  };
}

/** The window may have closed while the message waited. A template is not bound to it. */
async function isTooLateForWindow({ contact, parts }: Sending, now: () => number): Promise<boolean> {
  if (isWindowOpen(contact, now())) return false;
  const rendering = await parts.rendering();
  return jsonFields(rendering?.parts[0]).text("type") !== "template";
}

function readAnswer({ status, headers, body }: ChannelAnswer, attempt: number, now: number): SendOutcome {
  if (status >= 200 && status < 300) {
    return {
      kind: "applied",
      ...present({ channelMessageId: jsonFields(body).list("messages")[0]?.text("id") }),
    };
  }
  const { code } = readGraphFault(body);
  const found = code === undefined ? undefined : whatsAppFailures[code];
  if (!found) return outcomeByStatus("WhatsApp", status, headers, now);
  return outcomeOf({ channel: "WhatsApp", code: String(code), found, attempt });
}
