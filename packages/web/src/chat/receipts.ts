import type { Receipt } from "../chat-wire.ts";
import { backoffMs } from "./backoff.ts";
import { type ChatApi, ChatRequestError } from "./chat-api.ts";
import type { Clock } from "./clock.ts";

/** Tells the gateway what became of its messages: shown in the page, or before the customer's eyes. */
export interface Receipts {
  /** Notes one message; each fact is told once. `read` includes `delivered`. */
  note(messageId: string, status: Receipt["status"]): void;
  /** Tells at once what waits: the page is about to be left. */
  flush(): void;
  stop(): void;
}

/** What receipts are sent with. */
export interface ReceiptsOptions {
  api: Pick<ChatApi, "acknowledge">;
  clock: Clock;
  random: () => number;
}

const gatherMs = 300;
const mostIds = 100;
const statusRank: Record<Receipt["status"], number> = { delivered: 1, read: 2 };

/** Makes the sender of receipts. They are gathered for a moment, and told again where the gateway does not answer. */
export function createReceipts({ api, clock, random }: ReceiptsOptions): Receipts {
  const noted = new Map<string, Receipt["status"]>();
  let waiting = new Map<string, Receipt["status"]>();
  let cancelTimer: (() => void) | undefined;
  let failures = 0;
  let isStopped = false;

  function arm(ms: number): void {
    cancelTimer ??= clock.after(ms, () => {
      cancelTimer = undefined;
      tell();
    });
  }

  function tell(): void {
    const receipts = batches(waiting);
    waiting = new Map();
    for (const receipt of receipts) void acknowledge(receipt);
  }

  async function acknowledge(receipt: Receipt): Promise<void> {
    try {
      await api.acknowledge(receipt);
      failures = 0;
    } catch (error) {
      if (isStopped || (error instanceof ChatRequestError && !error.retryable)) return;
      for (const id of receipt.messageIds) putBack(id, receipt.status);
      arm(backoffMs(failures, random));
      failures += 1;
    }
  }

  function putBack(id: string, status: Receipt["status"]): void {
    if (isNews(waiting.get(id), status)) waiting.set(id, status);
  }

  return {
    note(messageId, status) {
      if (isStopped || !isNews(noted.get(messageId), status)) return;
      noted.set(messageId, status);
      waiting.set(messageId, status);
      arm(gatherMs);
    },
    flush() {
      cancelTimer?.();
      cancelTimer = undefined;
      tell();
    },
    stop() {
      isStopped = true;
      cancelTimer?.();
    },
  };
}

function isNews(known: Receipt["status"] | undefined, status: Receipt["status"]): boolean {
  return known === undefined || statusRank[known] < statusRank[status];
}

/** What waits, as receipts of at most 100 messages each. */
export function batches(waiting: ReadonlyMap<string, Receipt["status"]>): Receipt[] {
  return (["delivered", "read"] as const).flatMap((status) => {
    const ids = [...waiting].filter(([, one]) => one === status).map(([id]) => id);
    const count = Math.ceil(ids.length / mostIds);
    return Array.from({ length: count }, (_, index) => ({
      status,
      messageIds: ids.slice(index * mostIds, (index + 1) * mostIds),
    }));
  });
}
