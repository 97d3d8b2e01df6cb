import type { MessageStatus } from "@quickcard/client";
import type { LinkedMessageRecord } from "../../store/link-store.ts";
import type { EventRecord } from "../../store/records.ts";
import { remoteMessageId } from "../remote-message-id.ts";
import { markedMessageId, transcriptText } from "../transcript.ts";
import { findMessage } from "./find-message.ts";
import { receiptOf } from "./receipt-of.ts";
import { sendReceipt } from "./send-receipt.ts";
import type { Telling } from "./telling.ts";

type StatusEvent = Extract<EventRecord, { type: "message.status" }>;

/** Statuses in which the customer has a message, or it is on its way with nothing left in between. */
const shown: readonly MessageStatus[] = ["sent", "delivered", "read"];

/** Statuses that tell that a part will not be seen. */
const lost: readonly MessageStatus[] = ["failed", "expired", "unknown", "cancelled"];

/** Tells what became of a message: a receipt where Genesys Cloud sent it, its text for the agents where a program did. */
export async function tellStatus(telling: Telling<StatusEvent>): Promise<void> {
  const linked = await telling.store.findLinkedMessage(telling.event.message.id);
  if (linked?.role === "origin") await tellReceipt(telling, linked);
  else if (!linked && (await isFirstShown(telling))) await sendTranscript(telling);
}

async function tellReceipt(telling: Telling<StatusEvent>, linked: LinkedMessageRecord): Promise<void> {
  const { cloud, event, signal } = telling;
  const { contactId, status, reason, createdAt: at } = event;
  const { remoteId, integrationId } = linked;
  const receipt = receiptOf({ remoteId, contactId, status, reason, at });
  if (!receipt) return;
  if (receipt.status === "Delivered" && (await isBeforeOthers(telling, linked))) return;
  // The channel told `delivered` before: the same receipt again says nothing new.
  if (status === "read" && (await wasDelivered(telling))) return;
  await sendReceipt(cloud, integrationId, receipt, signal);
}

async function wasDelivered({ store, event }: Telling<StatusEvent>): Promise<boolean> {
  return (await store.listStatuses(event.message)).some(({ status }) => status === "delivered");
}

/** Of a message in several parts the last tells `Delivered`, and only where none was lost. */
async function isBeforeOthers(
  { store, event }: Telling<StatusEvent>,
  { integrationId, remoteId, part, parts }: LinkedMessageRecord,
): Promise<boolean> {
  if (part < parts - 1) return true;
  for (let other = 0; other < part; other += 1) {
    const found = await store.findMessage(event.contactId, remoteMessageId(integrationId, remoteId, other));
    if (found?.direction === "outbound" && lost.includes(found.status)) return true;
  }
  return false;
}

/** Whether this is the first that tells that the customer has the message. */
async function isFirstShown({ store, event }: Telling<StatusEvent>): Promise<boolean> {
  if (!shown.includes(event.status)) return false;
  if (event.status === "sent") return true;
  const statuses = await store.listStatuses(event.message);
  return statuses.find(({ status }) => shown.includes(status))?.status === event.status;
}

/** Agents read what a program told their customer, where there is a conversation that they can read it in. */
async function sendTranscript(telling: Telling<StatusEvent>): Promise<void> {
  const { cloud, store, event, isRepeated, now, signal } = telling;
  const { contactId, message } = event;
  const conversation = await store.findLinkedConversation(contactId);
  if (conversation?.phase !== "open") return;
  const { integrationId, remoteId: conversationId } = conversation;
  const keep = (remoteId: string) =>
    store.recordLinkedMessage({
      messageId: message.id,
      contactId,
      integrationId,
      remoteId,
      role: "transcript",
      part: 0,
      parts: 1,
      createdAt: event.createdAt,
    });
  if (isRepeated) {
    const there = await findMessage(cloud, {
      contactId,
      conversationId,
      since: event.createdAt,
      now: now(),
      isIt: ({ normalizedMessage }) => markedMessageId(normalizedMessage?.text) === message.id,
      signal,
    });
    if (there) return keep(there.id ?? "");
  }
  const request = {
    fromAddress: integrationId,
    toAddress: contactId,
    toAddressMessengerType: "open",
    textBody: transcriptText(message.id, message.content),
    useExistingActiveConversation: true,
  } as const;
  const { id, message: sent } = await cloud.messages.sendAgentless(request, { signal });
  await keep(sent?.id ?? id ?? "");
}
