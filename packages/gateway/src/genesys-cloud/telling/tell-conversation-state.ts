import { OpenMessagingError } from "@quickcard/client";
import type { EventRecord } from "../../store/records.ts";
import type { Telling } from "./telling.ts";

type StateEvent = Extract<EventRecord, { type: "conversation.state" }>;

/** Ends the conversation in Genesys Cloud where a contact was closed or deleted here. */
export async function tellConversationState(telling: Telling<StateEvent>): Promise<void> {
  const { store, event } = telling;
  if (event.state !== "closed" && event.state !== "deleted") return;
  const conversation = await store.findLinkedConversation(event.contactId);
  if (conversation?.phase === "open") {
    await disconnect(telling, conversation.remoteId);
    await store.settleConversationCheck(conversation, { phase: "ended" });
  }
  if (event.state === "deleted") await store.forgetLinkedConversation(event.contactId);
}

async function disconnect({ cloud, signal }: Telling, conversationId: string): Promise<void> {
  try {
    await cloud.conversations.disconnect(conversationId, { signal });
  } catch (error) {
    // It has ended by itself.
    if (OpenMessagingError.is(error) && error.fate === "not_applied" && isAboutIt(error)) return;
    throw error;
  }
}

function isAboutIt({ status }: OpenMessagingError): boolean {
  return status !== undefined && ![401, 403, 429].includes(status);
}
