/** How often each thing goes wrong with a message that comes in: shares from 0 to 1, of which at most one happens. */
export interface UpstreamFaults {
  /** The connection is reset after the message was applied. */
  resetAfterApplied: number;
  /** No answer ever comes, and the message is applied after the sender has given up. */
  lateApply: number;
  /** 500 after the message was applied. */
  errorAfterApplied: number;
  /** 500 or 503, and nothing was applied. */
  errorNotApplied: number;
  /** The answer takes up to `slowMs`; the message is applied at some time before it. */
  slow: number;
}

/** The most messages in a time. More are answered 429 with `Retry-After: 1`. */
export interface UpstreamQuota {
  /** `fixed-window`: counts from 0 at each whole window of the clock. `token-bucket`: refills evenly, and holds `allowed`. */
  kind: "fixed-window" | "token-bucket";
  allowed: number;
  windowMs: number;
  /** Whether every answer tells where the quota stands, as Genesys Cloud's do. */
  tellsUsage: boolean;
}

/** What an upstream stand-in is like. Durations in milliseconds. */
export interface UpstreamSettings {
  seed: number;
  faults: UpstreamFaults;
  /** The share of the time in which nobody listens and all connections are cut. */
  closedShare: number;
  /** An answer without a fault takes from, up to. */
  serviceMs: readonly [number, number];
  slowMs: number;
  /** When, counted from the request, a late message is applied: from, up to. */
  lateMs: readonly [number, number];
  /** A read-back shows what was applied up to this long ago, or less. */
  readBackLagMs: number;
  /** The share of the applied messages that are echoed, at some time within a second. */
  echoes: number;
  quota?: UpstreamQuota;
}

/** One message that the upstream has shown to the customer. */
export interface AppliedMessage {
  /** The gateway's id of it. */
  id: string;
  contactId: string;
  text: string;
  at: number;
}

export const noUpstreamFaults: UpstreamFaults = {
  resetAfterApplied: 0,
  lateApply: 0,
  errorAfterApplied: 0,
  errorNotApplied: 0,
  slow: 0,
};
