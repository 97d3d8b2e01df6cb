import type { Outcome } from "./exit-codes.ts";

/** What a `Failure` tells. */
export interface FailureOptions {
  code: string;
  message: string;
  /** What to do about it, ready to try. */
  fix: string;
  /** Default `failed`. */
  outcome?: Outcome;
  /** More for programs, shown with `--json`. */
  details?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** A failure that the command itself found, with its cause and its fix. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: string;
  readonly fix: string;
  readonly outcome: Outcome;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor({ code, message, fix, outcome = "failed", details, cause }: FailureOptions) {
    super(message, { cause });
    this.code = code;
    this.fix = fix;
    this.outcome = outcome;
    this.details = details;
  }
}

/** The command was written wrongly. */
export function usageFailure(message: string, fix: string, code = "usage.invalid"): Failure {
  return new Failure({ code, message, fix, outcome: "usage" });
}
