import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { MessageBody } from "@quickcard/content";
import { Failure, usageFailure } from "../errors/failure.ts";
import { checkMessage } from "../message/message-check.ts";
import { asMessage } from "../message/message-file.ts";
import type { MessageTemplate } from "./message-template.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readTable } from "./read-table.ts";
import { type Row, RowFault } from "./row.ts";

/** A row whose message is checked. */
export interface CheckedRow extends Row {
  readonly message: MessageBody;
}

/** A file of messages. */
export interface BulkFile {
  readonly path: string;
  readonly template: MessageTemplate | undefined;
}

const readers: Readonly<Record<string, (file: BulkFile) => AsyncGenerator<Row | RowFault, void, undefined>>> =
  {
    csv: ({ path, template }) => readTable(path, template),
    tsv: ({ path, template }) => readTable(path, template),
    ndjson: ({ path }) => readJsonLines(path),
    jsonl: ({ path }) => readJsonLines(path),
  };

const mostFaultsShown = 20;

/**
 * Reads a whole file, to know before anything is sent that every row can be; answers how many there are.
 * @throws Failure with everything that is wrong, at most 20 rows of it.
 */
export async function checkBulkFile(file: BulkFile): Promise<number> {
  const faults: { pointer: string; message: string }[] = [];
  const keys = new Set<string>();
  let count = 0;
  for await (const row of rowsOf(file)) {
    count += 1;
    const fault = await faultOf(row, keys);
    if (fault !== undefined) faults.push({ pointer: `Row ${count}`, message: fault });
    if (faults.length === mostFaultsShown) break;
  }
  if (faults.length === 0) return count;
  throw new Failure({
    code: "rows_invalid",
    message: `${file.path} has rows that cannot be sent. Nothing was sent.`,
    fix: "Correct these rows and run the command again",
    details: { issues: faults },
  });
}

/** The rows of a file that has been checked. */
export async function* readBulkFile(file: BulkFile): AsyncGenerator<CheckedRow, void, undefined> {
  for await (const row of rowsOf(file)) {
    if (row instanceof RowFault) throw row;
    yield { ...row, message: await checkMessage(asMessage(row.message)) };
  }
}

/** What a file is known by: another file, or another template, has another one. */
export async function fingerprintOf(path: string, template: unknown): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(template ?? null));
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

function rowsOf(file: BulkFile): AsyncGenerator<Row | RowFault, void, undefined> {
  const extension = /\.(\w+)$/.exec(file.path)?.[1]?.toLowerCase() ?? "";
  const read = Object.hasOwn(readers, extension) ? readers[extension] : undefined;
  if (read) return read(file);
  throw usageFailure(
    `${file.path} is neither a table nor JSON lines, by its name.`,
    `Name a file that ends in ${Object.keys(readers).join(", ")}`,
    "usage.file_type",
  );
}

async function faultOf(row: Row | RowFault, keys: Set<string>): Promise<string | undefined> {
  if (row instanceof RowFault) return row.message;
  if (keys.has(row.key)) return `its key "${row.key}" is that of a row before`;
  keys.add(row.key);
  const { validateMessage } = await import("@quickcard/content/validate");
  const result = validateMessage(asMessage(row.message), { allowHttp: true });
  if (result.ok) return undefined;
  const [first] = result.issues;
  return `${first?.pointer ?? ""} ${first?.message ?? "the message is not valid"}`.trim();
}
