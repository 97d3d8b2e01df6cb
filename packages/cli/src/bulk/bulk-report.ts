import type { BulkResult } from "@quickcard/client";
import { Failure } from "../errors/failure.ts";
import { counted } from "../terminal/counted.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";
import type { CheckedRow } from "./bulk-file.ts";

/** Rows between two words of progress. */
const rowsBetween = 100;

/** What a person or a program is told while many messages are sent. */
export class BulkReport {
  readonly #output: Output;
  readonly #total: number;
  readonly #counts = { sent: 0, failed: 0, unknown: 0, before: 0 };
  #mayPass = false;

  constructor(output: Output, total: number) {
    this.#output = output;
    this.#total = total;
  }

  /** A row that a run before this one sent. */
  passedBy(): void {
    this.#counts.before += 1;
  }

  /** A row of which it will not be known whether it was sent, because the gateway remembers keys for 24 hours only. */
  tooOld({ number, key, contactId }: CheckedRow): void {
    this.#counts.unknown += 1;
    this.#output.result({
      row: number,
      key,
      contactId,
      status: "unknown",
      error: { code: "started_too_long_ago" },
    });
    this.#output.warn(
      text`Row ${number} (${contactId}) may have been sent more than a day ago, so it is not sent again. Look: quickcard history --to ${contactId}`,
    );
  }

  async result({ number, key }: CheckedRow, result: BulkResult): Promise<void> {
    const { contactId, status } = result;
    const error = "error" in result ? describe(result.error) : undefined;
    const messageId = status === "sent" ? result.message?.id : undefined;
    this.#counts[status] += 1;
    this.#mayPass ||= status === "unknown" || error?.retryable === true;
    this.#output.result({ row: number, key, contactId, status, messageId, error });
    if (status !== "sent")
      this.#output.warn(
        text`Row ${number} (${contactId}) ${status === "failed" ? "was not sent" : "may have been sent"}: ${error?.message ?? ""}`,
      );
    if (this.#done() % rowsBetween === 0)
      this.#output.say(this.#output.style.dim(`${this.#done()} of ${this.#total}`));
    await this.#output.drained();
  }

  /** @throws Failure where rows are left. */
  end(): void {
    const { sent, before, failed, unknown } = this.#counts;
    const earlier = before > 0 ? `, ${before} before this run` : "";
    this.#output.say(
      text`${this.#output.style.green("Sent:")} ${sent + before} of ${counted(this.#total, "message")}${earlier}.`,
    );
    if (failed + unknown === 0) return;
    const doubtful = unknown === 0 ? "" : `; ${unknown} may have been`;
    throw new Failure({
      code: "rows_not_sent",
      message: `${failed} of ${counted(this.#total, "message")} were not sent${doubtful}.`,
      fix: "Run the same command again once the cause is mended: what was sent is not sent twice",
      outcome: this.#mayPass ? "tryLater" : "failed",
      details: { sent: sent + before, failed, unknown },
    });
  }

  #done(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  readonly retryable?: boolean;
}

function describe(error: unknown): Described | undefined {
  if (error === undefined) return undefined;
  const { code, message, fix, retryable } = error as Partial<Described>;
  return {
    code: code ?? "interrupted",
    message: message ?? "the run was stopped",
    ...(fix && { fix }),
    ...(retryable !== undefined && { retryable }),
  };
}
