import { largestMessage } from "../message/largest-message.ts";
import { type Row, RowFault, toRow } from "./row.ts";
import { readLines, readText } from "./text-lines.ts";

/**
 * The rows of a file with one JSON object a line: `contactId`, `message` and, where wanted, `key`. A line that cannot be read
 * comes as a `RowFault`.
 */
export async function* readJsonLines(path: string): AsyncGenerator<Row | RowFault, void, undefined> {
  let number = 0;
  for await (const line of readLines(readText(path), largestMessage)) {
    if (line.trim() === "") continue;
    number += 1;
    yield readRow(number, line);
  }
}

function readRow(number: number, line: string): Row | RowFault {
  try {
    const fields = JSON.parse(line) as Record<string, unknown> | null;
    if (typeof fields !== "object" || fields === null) return new RowFault("it is not a JSON object");
    return toRow(number, fields, fields.message);
  } catch (error) {
    // The parser's own words may quote the message.
    return error instanceof RowFault ? error : new RowFault("it is not JSON");
  }
}
