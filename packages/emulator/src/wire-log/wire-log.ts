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
  /** A ring with room for one more than stays. */
  const ring: (WireLogEntry | undefined)[] = Array(most + 1).fill(undefined);
  const placeOf = (id: number) => id % (most + 1);
  const hub = createHub<WireLogEntry>();
  let oldestId = 1;
  let lastId = 0;
  let characters = 0;

  function makeRoom(): void {
    while (lastId - oldestId >= most || characters > limits.wireLogCharacters.value) {
      characters -= sizeOf(ring[placeOf(oldestId)]);
      ring[placeOf(oldestId)] = undefined;
      oldestId += 1;
    }
  }

  return {
    add(exchange) {
      lastId += 1;
      const entry = { ...exchange, id: lastId };
      ring[placeOf(lastId)] = entry;
      characters += sizeOf(entry);
      makeRoom();
      hub.tell(entry);
    },
    get(id) {
      const entry = ring[placeOf(id)];
      return entry?.id === id ? entry : undefined;
    },
    after: (id) =>
      ring
        .flatMap((entry) => (entry !== undefined && entry.id > id ? [entry] : []))
        .toSorted((one, other) => one.id - other.id),
    clear() {
      ring.fill(undefined);
      oldestId = lastId + 1;
      characters = 0;
    },
    listen: hub.listen,
  };
}

function sizeOf(exchange: Exchange | undefined): number {
  return (exchange?.requestBody.length ?? 0) + (exchange?.responseBody?.length ?? 0);
}
