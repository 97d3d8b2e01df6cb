import { createReadStream } from "node:fs";
import { Failure } from "../errors/failure.ts";

/** The text of a file, as it is read. @throws Failure if it is not UTF-8. */
export async function* readText(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Failure({
      code: "not_utf8",
      message: `${path} is not UTF-8 text.`,
      fix: "Save it as UTF-8; in a spreadsheet the format is often called CSV UTF-8.",
      cause,
    });
  }
}

/** The lines of a text, without their ends. @throws Failure if one is longer than `longestLine` characters. */
export async function* readLines(
  chunks: AsyncIterable<string>,
  longestLine: number,
): AsyncGenerator<string, void, undefined> {
  let rest = "";
  let count = 0;
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      count += 1;
      yield line.replace(/\r$/, "");
    }
    if (rest.length > longestLine) throw lineTooLong(count + 1, longestLine);
  }
  if (rest !== "") yield rest;
}

function lineTooLong(line: number, longestLine: number): Failure {
  return new Failure({
    code: "input_too_large",
    message: `Line ${line} holds more than ${longestLine.toLocaleString("en")} characters.`,
    fix: "Write one message a line, each as one JSON object.",
  });
}
