/** One event of a stream, or a mark that tells how far the stream has come. */
export interface ServerSentEvent {
  /** The last id that the stream has told. */
  readonly id: string | undefined;
  /** `undefined` for a mark. */
  readonly data: string | undefined;
}

/** Most characters of one event: a message is at most 512,000 bytes. */
const longestEvent = 1024 * 1024;

/** An event of a stream is longer than the client takes in. */
export class EventTooLongError extends Error {
  override readonly name = "EventTooLongError";
}

/**
 * Reads a stream by the rules of https://html.spec.whatwg.org/multipage/server-sent-events.html.
 *
 * @throws EventTooLongError
 */
export async function* readServerSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let id: string | undefined;
  for await (const block of blocksOf(linesOf(chunks))) {
    const fields = block.map(readField);
    const ids = fields.filter(({ field, value }) => field === "id" && !value.includes("\0"));
    const data = fields.filter(({ field }) => field === "data").map(({ value }) => value);
    id = ids.at(-1)?.value ?? id;
    if (data.length > 0 || ids.length > 0) yield { id, data: data.length > 0 ? data.join("\n") : undefined };
  }
}

/** The lines of each event: an empty one ends it. What follows the last empty line was cut off and does not count. */
async function* blocksOf(lines: AsyncIterable<string>): AsyncGenerator<string[], void, undefined> {
  let block: string[] = [];
  let length = 0;
  for await (const line of lines) {
    if (line === "") {
      yield block;
      block = [];
      length = 0;
    } else {
      block.push(line);
      length += line.length;
      if (length > longestEvent)
        throw new EventTooLongError(`an event is longer than ${longestEvent} characters`);
    }
  }
}

/** A line is a field's name, a colon and, after at most one space, its value. A line that starts with a colon has no name. */
function readField(line: string): { field: string; value: string } {
  const colon = line.indexOf(":");
  if (colon === -1) return { field: line, value: "" };
  return { field: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, "") };
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let endedInReturn = false;
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    // A return and its line feed are one line end, even in two chunks.
    if (endedInReturn && text.startsWith("\n")) text = text.slice(1);
    endedInReturn = text.endsWith("\r");
    const lines = (rest + text).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > longestEvent)
      throw new EventTooLongError(`a line is longer than ${longestEvent} characters`);
  }
}
