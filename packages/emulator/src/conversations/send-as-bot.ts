import type { Organisation } from "../organisation/organisation.ts";
import type { MessageRecord } from "../organisation/records.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import type { Wire } from "../wire/models.ts";
import type { Place } from "./place.ts";
import { sendMessage } from "./send-message.ts";

/** Sends what a bot says, of any content, on a participant's communication. */
export function sendAsBot(
  organisation: Organisation,
  webhooks: WebhookQueue,
  { conversation, participant }: Place,
  { type, text, content }: Wire<"ReplyMessage">,
): MessageRecord {
  return sendMessage(organisation, webhooks, conversation, {
    communicationId: participant.communicationId,
    originatingEntity: "Bot",
    body: { type, ...(text === undefined ? {} : { text }), ...(content === undefined ? {} : { content }) },
  });
}
