import type { ConversationRecord, MessageRecord } from "./records.ts";

/** Something that happened in the organisation. */
export type OrganisationEvent =
  | { type: "conversation"; conversation: ConversationRecord; before: ConversationRecord | undefined }
  | { type: "message"; message: MessageRecord }
  | { type: "typing"; conversationId: string; from: "customer" | "agent" };

/** Tells whoever listens, at once and in order. */
export interface Hub<Event> {
  tell(event: Event): void;
  hasListeners(): boolean;
  /** Returns what ends it. */
  listen(listener: (event: Event) => void): () => void;
}

export function createHub<Event>(): Hub<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    tell(event) {
      for (const listener of [...listeners]) listener(event);
    },
    hasListeners: () => listeners.size > 0,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
