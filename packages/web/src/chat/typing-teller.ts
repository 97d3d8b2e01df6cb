import type { ChatApi } from "./chat-api.ts";
import type { Clock } from "./clock.ts";

/** Agents are told at most so often. */
const tellEveryMs = 4_000;

/** Tells agents that the customer types. */
export interface TypingTeller {
  /** The customer has typed something. */
  note(): void;
  /** What was typed is sent: what is typed next is told at once. */
  reset(): void;
}

/** Tells it now and then while it goes on; what is lost on the way is no loss. */
export function createTypingTeller(api: Pick<ChatApi, "tellTyping">, clock: Clock): TypingTeller {
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    note() {
      if (clock.now() - toldAt < tellEveryMs) return;
      toldAt = clock.now();
      api.tellTyping().catch(() => {});
    },
    reset() {
      toldAt = Number.NEGATIVE_INFINITY;
    },
  };
}
