import type { SendOutcome } from "../../delivery/send-outcome.ts";
import { jsonFields, present } from "../../json/json-fields.ts";
import type { ContactRecord, OutboundRecord } from "../../store/records.ts";
import { webhookHeaders } from "../../subscriptions/webhook-signature.ts";
import { version } from "../../version.ts";
import type { ChannelAdapter, ChannelTraits } from "../channel.ts";
import { type ChannelAnswer, type ChannelHttp, createChannelHttp } from "../channel-http.ts";
import { outcomeByStatus } from "../failure-class.ts";
import { type PartRequest, sendParts } from "../send-parts.ts";
import { planCustom } from "./plan-custom.ts";
import { readCustomWebhook } from "./read-custom-webhook.ts";

/** A channel of your own: a program that takes messages and hands back what customers send. */
export interface CustomOptions {
  /** Where messages are posted. */
  url: string;
  /** Signs both ways, by the Standard Webhooks scheme: `whsec_` and the base64 of at least 24 random bytes. */
  secret: string;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
}

/** A repeated message has the same `webhook-id`, by which the program knows it. */
const traits: ChannelTraits = { repeat: "safe", evidence: false, requestTimeoutMs: 20_000, settleMs: 0 };

/** A channel of your own, by a signed webhook out and signed posts in. */
export function customChannel(
  { url, secret, now = Date.now }: CustomOptions,
  http: ChannelHttp = createChannelHttp(),
): ChannelAdapter {
  return {
    name: "custom",
    traits,
    readAddress: (text) => (text.trim() === "" ? undefined : text),
    plan: planCustom,
    send(sending) {
      const { message, contact, parts, attempt, signal, isTimely } = sending;
      const sendOne = async ({ body: content }: PartRequest): Promise<SendOutcome> => {
        const rendering = await parts.rendering();
        const post = { ...toPost(message, contact), content, attempt, answers: rendering?.answers ?? [] };
        const body = JSON.stringify(post);
        const signed = webhookHeaders({ id: `msg_${message.id}`, sentAt: now(), body }, [{ secret }]);
        const headers = { ...signed, "user-agent": `quickcard-gateway/${version}` };
        return readAnswer(await http.post({ url, headers, body, signal, isTimely }), now());
      };
      return sendParts(sending, sendOne, now);
    },
    webhook: { read: (body, head) => readCustomWebhook(body, head, { secret, now: now() }) },
    close: () => http.close(),
  };
}

function readAnswer({ status, headers, body }: ChannelAnswer, now: number): SendOutcome {
  if (status < 200 || status >= 300) return outcomeByStatus("The channel", status, headers, now);
  return { kind: "applied", ...present({ channelMessageId: jsonFields(body).text("channelMessageId") }) };
}

/** What the program is told of a message beside its content. */
function toPost(message: OutboundRecord, contact: ContactRecord) {
  const { id, metadata, expiresAt } = message;
  const { address, displayName } = contact;
  return {
    type: "message",
    messageId: id,
    // By this the program knows what is sent again by hand from what comes again by itself.
    expiresAt: new Date(expiresAt).toISOString(),
    contactId: contact.id,
    address,
    ...present({ displayName, metadata }),
  };
}
