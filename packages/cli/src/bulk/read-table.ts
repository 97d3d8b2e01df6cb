import { Readable } from "node:stream";
import { Failure } from "../errors/failure.ts";
import { largestMessage } from "../message/largest-message.ts";
import type { MessageTemplate } from "./message-template.ts";
import { type Row, RowFault, toRow } from "./row.ts";
import { readText } from "./text-lines.ts";

const delimiters = [",", ";", "\t"];

/**
 * The rows of a table (RFC 4180) whose first line names the columns. `contactId` says to whom; the message is made by the
 * template or, without one, is the column `text`. A row that cannot be read comes as a `RowFault`.
 */
export async function* readTable(
  path: string,
  template: MessageTemplate | undefined,
): AsyncGenerator<Row | RowFault, void, undefined> {
  const { CsvError, parse } = await import("csv-parse");
  const parser = Readable.from(readText(path)).pipe(
    parse({
      bom: true,
      columns: (header: string[]) => checkHeader(header, template !== undefined, path),
      delimiter: await findDelimiter(path),
      skip_empty_lines: true,
      max_record_size: largestMessage,
      trim: true,
    }),
  );
  let number = 0;
  try {
    for await (const columns of parser as AsyncIterable<Record<string, string>>) {
      number += 1;
      yield readRow(number, columns, template);
    }
  } catch (error) {
    throw error instanceof CsvError ? tableFailure(path, error.lines, error.code) : error;
  }
}

function readRow(
  number: number,
  columns: Record<string, string>,
  template: MessageTemplate | undefined,
): Row | RowFault {
  try {
    const message = template ? template(columns) : { type: "text", text: columns.text };
    return toRow(number, columns, message);
  } catch (error) {
    if (error instanceof RowFault) return error;
    throw error;
  }
}

/** Spreadsheets of many countries write semicolons: the one that the first line holds most of is it. */
async function findDelimiter(path: string): Promise<string> {
  let header = "";
  for await (const chunk of readText(path)) {
    header += chunk;
    if (header.includes("\n") || header.length > largestMessage) break;
  }
  const [line = ""] = header.split("\n");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ",";
}

function checkHeader(header: string[], hasTemplate: boolean, path: string): string[] {
  const needed = hasTemplate ? ["contactId"] : ["contactId", "text"];
  const missing = needed.find((name) => !header.includes(name));
  if (missing === undefined) return header;
  throw new Failure({
    code: "column_missing",
    message: `${path} has no column "${missing}"; its first line names ${header.map((name) => `"${name}"`).join(", ")}.`,
    fix:
      missing === "text"
        ? "Add the column, or make the messages with --template message.json"
        : "Name the column that holds the contacts' ids contactId",
  });
}

/** The parser's own words may quote the table, so only its code and the place are told. */
function tableFailure(path: string, line: unknown, code: string): Failure {
  return new Failure({
    code: "not_a_table",
    message: `${path} cannot be read as a table at line ${String(line ?? "?")} (${code}).`,
    fix: "Check the quotes and the number of columns of that line and the one before it",
  });
}
