import { parseRetryAfter } from "@quickcard/client/retry-after";
import type { OutcomeKind, SendOutcome } from "./send-outcome.ts";

/** The longest that a `Retry-After` is heeded: a mistaken one must not silence a channel for days. */
const retryAfterCapMs = 60 * 60 * 1000;

/** What is known after a failure, and whether trying again is pointless. */
interface Class {
  kind: Exclude<OutcomeKind, "applied">;
  permanent?: true;
}

/**
 * The failure table: what an HTTP answer tells of a request that is not idempotent. A status that is not listed is
 * taken by its hundred.
 *
 * RFC 9110, section 9.2.2: such a request is repeated only when it is known not to have been applied.
 */
const byStatus: Readonly<Record<number, Class>> = {
  401: { kind: "not-applied" },
  408: { kind: "ambiguous" },
  425: { kind: "not-applied" },
  429: { kind: "not-applied" },
};

const byHundred: Readonly<Record<number, Class>> = {
  1: { kind: "ambiguous" },
  3: { kind: "not-applied", permanent: true },
  4: { kind: "not-applied", permanent: true },
  5: { kind: "ambiguous" },
};

/** Error codes that are raised before a byte of the request leaves. */
export const beforeSending: Readonly<Record<string, Class>> = {
  ECONNREFUSED: { kind: "not-sent" },
  ENOTFOUND: { kind: "not-sent" },
  EAI_AGAIN: { kind: "not-sent" },
  EHOSTUNREACH: { kind: "not-sent" },
  ENETUNREACH: { kind: "not-sent" },
  UND_ERR_CONNECT_TIMEOUT: { kind: "not-sent" },
  TOO_LATE: { kind: "not-sent" },
  ERR_INVALID_URL: { kind: "not-sent", permanent: true },
  UND_ERR_INVALID_ARG: { kind: "not-sent", permanent: true },
  ERR_INVALID_CHAR: { kind: "not-sent", permanent: true },
  CERT_HAS_EXPIRED: { kind: "not-sent", permanent: true },
  DEPTH_ZERO_SELF_SIGNED_CERT: { kind: "not-sent", permanent: true },
  ERR_TLS_CERT_ALTNAME_INVALID: { kind: "not-sent", permanent: true },
  SELF_SIGNED_CERT_IN_CHAIN: { kind: "not-sent", permanent: true },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { kind: "not-sent", permanent: true },
};

/**
 * What an answer of the channel tells. The body of a 2xx does not count: once that status line has come the message
 * was applied, whether or not its id can be read.
 */
export function classifyAnswer(status: number, headers: Headers, now: number): SendOutcome {
  if (status >= 200 && status < 300) return { kind: "applied" };
  const found = byStatus[status] ?? byHundred[Math.floor(status / 100)] ?? { kind: "ambiguous" };
  const retryAfterMs = parseRetryAfter(headers.get("retry-after") ?? undefined, now, retryAfterCapMs);
  const waits = retryAfterMs === undefined || found.kind === "ambiguous" ? {} : { retryAfterMs };
  const pause = status === 429 ? { pauseMs: retryAfterMs ?? defaultPauseMs } : {};
  return { ...found, reason: `The channel answered ${status}.`, ...waits, ...pause };
}

/** How long a 429 without `Retry-After` pauses a credential. */
const defaultPauseMs = 1000;

/** What an error tells that came instead of an answer. */
export function classifyError(error: unknown): SendOutcome {
  const code = codeOf(error);
  if (code !== undefined && Object.hasOwn(beforeSending, code)) {
    return { ...(beforeSending[code] as Class), reason: `The connection failed: ${code}.` };
  }
  if (failedInConnect(error))
    return { kind: "not-sent", reason: `The connection failed: ${code ?? "connect"}.` };
  return { kind: "ambiguous", reason: `No answer came: ${code ?? nameOf(error)}.` };
}

function codeOf(error: unknown): string | undefined {
  return text(error, "code") ?? text(property(error, "cause"), "code");
}

/** `connect ECONNRESET` has a code that elsewhere means the opposite; the system call tells them apart. */
function failedInConnect(error: unknown): boolean {
  const syscalls = [text(error, "syscall"), text(property(error, "cause"), "syscall")];
  return syscalls.includes("connect") || syscalls.includes("getaddrinfo");
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}

/** A DOMException has a number for its code, which tells nobody anything. */
function text(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === "string" ? found : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
