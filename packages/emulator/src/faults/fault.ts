/** Something that goes wrong on purpose. */
export type Fault = FaultScope & FaultEffect;

/** Where and how often a fault strikes. */
export interface FaultScope {
  /** Requests to the API and the login host, or webhooks to the integration. */
  on: "request" | "webhook";
  /** Only this operation, such as `POST /api/v2/conversations/messages/agentless`. Default: all. Requests only. */
  route?: string;
  /** How often, until the fault is used up. Default: until it is removed. */
  times?: number;
  /** From 0 to 1. Default: 1. */
  probability?: number;
}

/** `before` (the default) strikes before the request is looked at, `after` once it has been carried out. */
type Moment = "before" | "after";

export type FaultEffect =
  | { kind: "status"; status: number; retryAfterSeconds?: number; when?: Moment }
  | { kind: "latency"; ms: number; when?: Moment }
  /** The connection ends without an answer. */
  | { kind: "drop"; when?: Moment }
  /** The token of the request expires at this moment. Requests only. */
  | { kind: "expired-token" }
  /** The webhook is delivered once more after it was accepted. Webhooks only. */
  | { kind: "duplicate" }
  /** The webhook is overtaken by the next one of its conversation. Webhooks only. */
  | { kind: "reorder" }
  /** The webhook is signed with another secret. Webhooks only. */
  | { kind: "bad-signature" };

export type FaultKind = FaultEffect["kind"];

/** What can strike where. */
export const faultKinds: Readonly<Record<Fault["on"], readonly FaultKind[]>> = {
  request: ["status", "latency", "drop", "expired-token"],
  webhook: ["status", "latency", "drop", "duplicate", "reorder", "bad-signature"],
};

const longestLatencyMs = 3_600_000;

/** Says what is wrong with a fault that came as JSON, or nothing. */
export function findFaultMistake(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "a fault is an object with `on` and `kind`";
  const { on, kind, route, times, probability, when } = value as Record<string, unknown>;
  if (on !== "request" && on !== "webhook") return "/on must be request or webhook";
  if (!faultKinds[on].includes(kind as FaultKind))
    return `/kind must be one of ${faultKinds[on].join(", ")} on a ${on}`;
  if (route !== undefined && typeof route !== "string") return "/route must be text";
  if (times !== undefined && !isWithin(times, 1, 1_000_000, true)) return "/times must be 1 to 1000000";
  if (probability !== undefined && !isWithin(probability, 0, 1)) return "/probability must be 0 to 1";
  if (when !== undefined && when !== "before" && when !== "after") return "/when must be before or after";
  return findEffectMistake(value as Record<string, unknown>);
}

function findEffectMistake({ kind, status, ms, retryAfterSeconds }: Record<string, unknown>) {
  if (kind === "status" && !isWithin(status, 200, 599, true)) return "/status must be 200 to 599";
  if (kind === "latency" && !isWithin(ms, 0, longestLatencyMs)) return `/ms must be 0 to ${longestLatencyMs}`;
  if (retryAfterSeconds !== undefined && !isWithin(retryAfterSeconds, 0, 86_400))
    return "/retryAfterSeconds must be 0 to 86400";
  return undefined;
}

function isWithin(value: unknown, least: number, most: number, isWhole = false): boolean {
  if (typeof value !== "number" || (isWhole && !Number.isInteger(value))) return false;
  return value >= least && value <= most;
}
