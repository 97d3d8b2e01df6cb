import { isObject } from "../is-object.ts";
import type { OutgoingMessage } from "./chat-session.ts";

/** Keeps what is not yet sent over a reload of the page. */
export interface OutgoingStorage {
  load(): OutgoingMessage[];
  save(outgoing: readonly OutgoingMessage[]): void;
}

/** The most messages that a reload brings back. */
const mostKept = 100;

/**
 * Keeps unsent messages in the tab's own storage, under the address of their chat. Where the browser refuses (a full
 * store, site data blocked) they live as long as the page.
 */
export function createOutgoingStorage(source: string, storage: () => Storage): OutgoingStorage {
  const key = `quickcard-outgoing ${source}`;
  return {
    load() {
      try {
        const kept: unknown = JSON.parse(storage().getItem(key) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isOutgoing).slice(0, mostKept) : [];
      } catch {
        return [];
      }
    },
    save(outgoing) {
      const unsent = outgoing.filter(isKept).slice(0, mostKept);
      try {
        if (unsent.length > 0) storage().setItem(key, JSON.stringify(unsent));
        else storage().removeItem(key);
      } catch {
        // Nothing depends on it but a reload.
      }
    },
  };
}

/** Pictures are too large for the tab's storage. */
function isKept({ status, message }: OutgoingMessage): boolean {
  return status !== "sent" && !("picture" in message);
}

function isOutgoing(value: unknown): value is OutgoingMessage {
  if (!isObject(value) || !isObject(value.message)) return false;
  const { clientMessageId, text, tap } = value.message;
  const isMessage = typeof clientMessageId === "string" && (typeof text === "string" || isObject(tap));
  return isMessage && typeof value.timestamp === "string" && isUnsent(value.status);
}

function isUnsent(status: unknown): boolean {
  return status === "sending" || status === "failed";
}
