import { errorAdvice, systemErrorAdvice } from "./error-advice.ts";
import type { Outcome } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

/** An error in words: what failed, why, and what to do. */
export interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly cause?: string;
  readonly fix: string;
  readonly outcome: Outcome;
  /** What else a program may want: status, correlation id, violations. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** What the client library's and the gateway's errors have in common. They are known by shape, so that neither has to be loaded. */
interface ExpectedError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly fix: string;
  readonly apiCode?: string;
  readonly fate?: string;
  readonly idempotencyKey?: string;
}

const detailNames = [
  "apiCode",
  "status",
  "correlationId",
  "retryAfterMs",
  "fate",
  "idempotencyKey",
  "issues",
  "details",
];

/** Turns whatever was thrown into words; what nobody foresaw is a bug. */
export function explainError(error: unknown, signal: AbortSignal): Explanation {
  if (error instanceof Failure) return explainFailure(error);
  if (signal.aborted && error === signal.reason) return interrupted;
  if (isExpectedError(error)) return explainExpected(error);
  if (isSystemError(error)) return explainSystemError(error);
  return {
    code: "bug",
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    cause: "Nobody foresaw this: it is a bug in quickcard.",
    fix: "Run the command again with --debug and report what it prints",
    outcome: "bug",
    details: {},
  };
}

/** Errors of the libraries that the command line itself is to blame for. */
const outcomes: Readonly<Record<string, Outcome>> = {
  invalid_configuration: "usage",
  invalid_argument: "usage",
  invalid_option: "usage",
};

const interrupted: Explanation = {
  code: "interrupted",
  message: "Interrupted.",
  cause: "The command was told to stop before it was done; what it had asked for may have happened.",
  fix: "Look with: quickcard history",
  outcome: "interrupted",
  details: {},
};

function explainFailure({ code, message, fix, outcome, details = {} }: Failure): Explanation {
  return { code, message, fix, outcome, details };
}

function explainExpected(error: ExpectedError): Explanation {
  const advice = errorAdvice[error.apiCode ?? ""] ?? errorAdvice[error.code];
  return {
    code: error.code,
    message: error.message,
    ...(advice && { cause: advice.cause }),
    fix: safeRepetition(error) ?? advice?.fix ?? error.fix,
    outcome: error.retryable ? "tryLater" : (outcomes[error.code] ?? "failed"),
    details: pickDetails(error),
  };
}

/** What may have been done is only safe to repeat with the key of the first time. */
function safeRepetition({ fate, idempotencyKey }: ExpectedError): string | undefined {
  if (idempotencyKey === undefined || fate === "not_sent" || fate === "not_applied") return undefined;
  return `It may have been done all the same. Repeat the command with --idempotency-key ${idempotencyKey}, and it is not done twice`;
}

function explainSystemError(error: NodeJS.ErrnoException): Explanation {
  const { code = "system_error", path, message } = error;
  const advice = systemErrorAdvice[code] ?? {
    cause: `The operating system says: ${message}.`,
    fix: "See its cause",
  };
  return {
    code,
    message: path === undefined ? message : `${path} cannot be used.`,
    ...advice,
    outcome: "failed",
    details: path === undefined ? {} : { path },
  };
}

function pickDetails(error: object): Record<string, unknown> {
  const known = Object.entries(
    Object.fromEntries(detailNames.map((name) => [name, Reflect.get(error, name)])),
  );
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

function isExpectedError(error: unknown): error is ExpectedError {
  return (
    error instanceof Error &&
    typeof Reflect.get(error, "code") === "string" &&
    typeof Reflect.get(error, "retryable") === "boolean"
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof Reflect.get(error, "syscall") === "string";
}
