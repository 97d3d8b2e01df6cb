import { resolve } from "node:path";
import type { BulkRow, OpenMessagingClient } from "@quickcard/client";
import { wholeNumber } from "../../arguments/number-option.ts";
import {
  type BulkFile,
  type CheckedRow,
  checkBulkFile,
  fingerprintOf,
  readBulkFile,
} from "../../bulk/bulk-file.ts";
import { BulkReport } from "../../bulk/bulk-report.ts";
import { Journal } from "../../bulk/journal.ts";
import { messageTemplate } from "../../bulk/message-template.ts";
import { Failure } from "../../errors/failure.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import { readMessageFile } from "../../message/message-file.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { counted } from "../../terminal/counted.ts";
import { text } from "../../terminal/terminal-text.ts";

interface ManyOptions extends ConnectionOptions {
  template?: string;
  journal?: string;
  concurrency?: number;
  dryRun?: boolean;
}

const defaultConcurrency = 16;
/** A gateway remembers an idempotency key for 24 hours: an hour before that, a repetition is not safe any more. */
const repeatableForMs = 23 * 3_600_000;

/** Declares `quickcard send many`. */
export function addSendMany(send: QuickcardCommand): void {
  const command = send
    .command("many")
    .summary("send a table or a file of messages")
    .description(
      "Send a file of messages: a table (.csv, .tsv) with the columns contactId and text, or with columns that a template names; or JSON lines (.ndjson, .jsonl) of {contactId, message}. A column or field key names each row, else its number does. The whole file is checked before anything is sent. A journal beside the file remembers what was sent: after a crash or a failure, the same command goes on.",
    )
    .argument("<file>", "the file of messages")
    .optionsGroup("Sending:")
    .option(
      "--template <file>",
      "a message as JSON, in whose texts {{name}} stands for the column of that name",
    )
    .option("--journal <file>", "where to remember what was sent; FILE.journal unless told")
    .option(
      "--concurrency <number>",
      `messages on their way at once; ${defaultConcurrency} unless told. Those of one contact keep their order`,
      wholeNumber("--concurrency", 1, 1024),
    )
    .option("--dry-run", "only check the file; needs no credentials");
  addConnectionOptions(command)
    .example("quickcard send many reminders.csv")
    .example("quickcard send many orders.csv", "--template order-card.json --json > results.ndjson")
    .run<ManyOptions>(runSendMany);
}

async function runSendMany(invocation: Invocation<ManyOptions>, fileName = ""): Promise<void> {
  const { options, output, surroundings } = invocation;
  const path = resolve(surroundings.cwd, fileName);
  const template =
    options.template === undefined ? undefined : await readMessageFile(options.template, surroundings);
  const file: BulkFile = { path, template: template === undefined ? undefined : messageTemplate(template) };
  const total = await checkBulkFile(file);
  output.say(text`${counted(total, "message")} in ${fileName}, none with a fault.`);
  if (options.dryRun) return;
  const fingerprint = await fingerprintOf(path, template);
  await withClient(invocation, async (client) => {
    const journalPath = resolve(surroundings.cwd, options.journal ?? `${fileName}.journal`);
    const journal = Journal.open(journalPath, { fingerprint, baseUrl: client.baseUrl });
    try {
      await sendAll({ client, file, journal, report: new BulkReport(output, total), invocation });
    } finally {
      journal.close();
    }
  });
}

interface Run {
  readonly client: OpenMessagingClient;
  readonly file: BulkFile;
  readonly journal: Journal;
  readonly report: BulkReport;
  readonly invocation: Invocation<ManyOptions>;
}

async function sendAll(run: Run): Promise<void> {
  const { client, journal, report, invocation } = run;
  const { signal } = invocation.surroundings;
  const { concurrency = defaultConcurrency } = invocation.options;
  const rows = new Map<string, CheckedRow>();
  const options = { batch: journal.batch, concurrency, signal };
  try {
    for await (const result of client.messages.sendMany(rowsToSend(run, rows), options)) {
      const { key = "" } = result;
      const row = rows.get(key);
      rows.delete(key);
      journal.finish(key, result);
      if (row) await report.result(row, result);
    }
  } catch (error) {
    throw signal.aborted && error === signal.reason ? interrupted(error) : error;
  }
  report.end();
}

/** The rows that are not sent yet; each is in the journal before it can be sent. */
async function* rowsToSend(
  { file, journal, report }: Run,
  rows: Map<string, CheckedRow>,
): AsyncGenerator<BulkRow, void, undefined> {
  for await (const row of readBulkFile(file)) {
    const { key, contactId, message } = row;
    const nowMs = Date.now();
    const entry = journal.entry(key);
    if (entry?.status === "sent") {
      report.passedBy();
    } else if (entry && nowMs - entry.startedAtMs > repeatableForMs) {
      report.tooOld(row);
    } else {
      journal.start(key, nowMs);
      rows.set(key, row);
      yield { key, contactId, message };
    }
  }
}

function interrupted(cause: unknown): Failure {
  return new Failure({
    code: "interrupted",
    message: "Interrupted before every message was sent.",
    fix: "Run the same command again: it goes on where it stopped, and sends nothing twice",
    outcome: "interrupted",
    cause,
  });
}
