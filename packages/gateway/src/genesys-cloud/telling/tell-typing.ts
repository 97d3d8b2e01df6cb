import type { Store } from "../../store/store.ts";
import type { Cloud } from "../cloud.ts";

/** What telling of a typing stands on. */
export interface TellTypingOptions {
  cloud: Pick<Cloud, "openMessaging">;
  store: Pick<Store, "findLinkedConversation">;
  /** Milliseconds since 1970. */
  now: () => number;
  onError: (error: unknown, what: string) => void;
}

/** Tells that a customer is typing, once, where a conversation is open. It never rejects: a typing that is lost is no loss. */
export async function tellTyping(
  { cloud, store, now, onError }: TellTypingOptions,
  contactId: string,
): Promise<void> {
  try {
    const conversation = await store.findLinkedConversation(contactId);
    if (conversation?.phase !== "open") return;
    const from = { id: contactId, idType: "Opaque" } as const;
    await cloud.openMessaging.receiveEvent(conversation.integrationId, {
      channel: { from, time: new Date(now()).toISOString() },
      events: [{ eventType: "Typing" }],
    });
  } catch (error) {
    onError(error, "Genesys Cloud was not told that a customer types");
  }
}
