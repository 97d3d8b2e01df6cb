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
  const most = limits.wireLogEntries.value;
  /** Rings with room for one more than stays. Every request is written here, few are ever read: an entry is made for its reader. */
  const exchanges: (Exchange | undefined)[] = Array(most + 1).fill(undefined);
  const sizes = new Float64Array(most + 1);
  const placeOf = (id: number) => id % (most + 1);
  const hub = createHub<WireLogEntry>();
  let oldestId = 1;
  let lastId = 0;
  let characters = 0;

  function makeRoom(): void {
    while (lastId - oldestId >= most || characters > limits.wireLogCharacters.value) {
      characters -= sizes[placeOf(oldestId)] ?? 0;
      exchanges[placeOf(oldestId)] = undefined;
      oldestId += 1;
    }
  }

  function get(id: number): WireLogEntry | undefined {
    const exchange = id >= oldestId && id <= lastId ? exchanges[placeOf(id)] : undefined;
    return exchange && { ...exchange, id };
  }

  return {
    add(exchange) {
      lastId += 1;
      exchanges[placeOf(lastId)] = exchange;
      sizes[placeOf(lastId)] = sizeOf(exchange);
      characters += sizeOf(exchange);
      makeRoom();
      if (hub.hasListeners()) hub.tell({ ...exchange, id: lastId });
    },
    get,
    after(id) {
      const entries: WireLogEntry[] = [];
      for (let next = Math.max(Math.floor(id) + 1, oldestId); next <= lastId; next += 1)
        entries.push(get(next) as WireLogEntry);
      return entries;
    },
    clear() {
      exchanges.fill(undefined);
      oldestId = lastId + 1;
      characters = 0;
    },
    listen: hub.listen,
  };
}

function sizeOf({ requestBody, responseBody }: Exchange): number {
  return requestBody.length + (responseBody?.length ?? 0);
}
