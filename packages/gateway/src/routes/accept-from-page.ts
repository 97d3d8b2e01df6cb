import { randomUUID } from "node:crypto";
import { ApiError } from "../http/api-error.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { ContactRecord, InboundRecord } from "../store/records.ts";

/** What a customer's page sends. */
export interface FromPage {
  /** The message's id, where it is known before. Default: a new one. */
  id?: string;
  content: InboundRecord["content"];
  clientMessageId: string;
  /** The bytes that come with it. */
  media?: Uint8Array;
  /** Whether it begins a conversation again that has ended. */
  mayReopen: boolean;
}

/** @throws ApiError where the conversation has ended, or the contact is gone. */
export async function acceptFromPage(
  { store, now }: ServerContext,
  contact: ContactRecord,
  { id = randomUUID(), content, clientMessageId, media, mayReopen }: FromPage,
): Promise<InboundRecord> {
  const createdAt = now();
  const contactId = contact.id;
  const received = { direction: "inbound", status: "received" } as const;
  const message = { id, contactId, ...received, content, clientMessageId, createdAt };
  let accepted = await store.acceptInbound(message, media);
  if (accepted.kind === "closed" && mayReopen) {
    await store.updateContact(contactId, { state: "active" }, createdAt);
    accepted = await store.acceptInbound(message, media);
  }
  if (accepted.kind === "closed") throw new ApiError("conversation.closed", "This conversation has ended.");
  if (accepted.kind === "no-contact") throw new ApiError("not.found", "This chat does not exist any more.");
  return accepted.record;
}
