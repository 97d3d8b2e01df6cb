import { limits } from "../limits.ts";
import { createHub } from "../organisation/events.ts";

/** One exchange over HTTP: a request to the emulator, or one that it made. */
export interface Exchange {
  kind: "request" | "webhook" | "bot-connector";
  /** The moment, in the organisation's time. */
  at: string;
  method: string;
  /** The whole URL for what goes out; path and query for what comes in. */
  url: string;
  requestHeaders: Readonly<Record<string, string>>;
  requestBody: string;
  /** Missing where no answer came. */
  status?: number;
  responseHeaders?: Readonly<Record<string, string>>;
  responseBody?: string;
  durationMs: number;
  /** Why there is no answer. */
  failure?: string;
  /** Whether the signature sent is the right one for the body. Webhooks only. */
  isSignatureRight?: boolean;
  /** From 1. Webhooks only. */
  attempt?: number;
  /** What struck on purpose. */
  faults?: readonly string[];
  /** For a request: the client whose token it carried; for what goes out: where it belongs. */
  clientId?: string;
  integrationId?: string;
  conversationId?: string;
}

/** An exchange in the log. */
export type WireLogEntry = Exchange & { id: number };

/** The last exchanges, in order. */
export interface WireLog {
  add(exchange: Exchange): void;
  get(id: number): WireLogEntry | undefined;
  /** Those after an id. */
  after(id: number): WireLogEntry[];
  clear(): void;
  listen(listener: (entry: WireLogEntry) => void): () => void;
}

export function createWireLog(): WireLog {
  const entries = new Map<number, WireLogEntry>();
  const hub = createHub<WireLogEntry>();
  let lastId = 0;
  let characters = 0;

  function makeRoom(): void {
    for (const [id, entry] of entries) {
      if (entries.size <= limits.wireLogEntries.value && characters <= limits.wireLogCharacters.value) return;
      entries.delete(id);
      characters -= sizeOf(entry);
    }
  }

  return {
    add(exchange) {
      lastId += 1;
      const entry = { ...exchange, id: lastId };
      entries.set(lastId, entry);
      characters += sizeOf(entry);
      makeRoom();
      hub.tell(entry);
    },
    get: (id) => entries.get(id),
    after: (id) => [...entries.values()].filter((entry) => entry.id > id),
    clear() {
      entries.clear();
      characters = 0;
    },
    listen: hub.listen,
  };
}

function sizeOf({ requestBody, responseBody }: Exchange): number {
  return requestBody.length + (responseBody?.length ?? 0);
}
