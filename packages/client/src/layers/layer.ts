import type { Scope } from "../contacts-api.ts";
import type { ResponseHeaders, TransportRequest } from "../transport/transport.ts";

/** What the body of a good answer must be. */
export type Expectation = "entity" | "page" | "object" | "nothing" | "stream";

/** One call on its way through the layers. */
export interface Call extends TransportRequest {
  /** Whether doing it twice comes to the same as doing it once. */
  readonly repeatable: boolean;
  /** When the caller stops waiting, on the monotonic clock. */
  readonly deadlineMs: number;
  readonly expects: Expectation;
  /** What a token needs for it. Absent on the request for a token. */
  readonly scope?: Scope | undefined;
  /** The permissions of Genesys Cloud that it needs, of which any one suffices. */
  readonly permissions?: readonly string[] | undefined;
  /** The path with the names of ids in place of ids, as in `routes.ts`: what metrics are grouped by. */
  readonly template?: string;
  /** 2 for the first repetition, and so on. Absent on the first attempt. */
  readonly attempt?: number;
}

/** A good answer: its status is 2xx and its body what was expected. */
export interface Answer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The body, parsed from JSON. `undefined` where nothing or a stream is expected. */
  readonly json?: unknown;
  /** The body as it comes, where a stream is expected. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

/** Makes a call: resolves with a good answer, rejects with an `OpenMessagingError` or with the reason of the caller's signal. */
export type Send = (call: Call) => Promise<Answer>;

/** Wraps a `Send` in one more behaviour. Layers know nothing of each other. */
export type Layer = (next: Send) => Send;

/** Joins layers into one: the first is the outermost, which sees the call first and the answer last. */
export function compose(innermost: Send, layers: readonly Layer[]): Send {
  return layers.reduceRight((next, layer) => layer(next), innermost);
}
