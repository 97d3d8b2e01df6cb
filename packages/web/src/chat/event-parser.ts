/** One server-sent event. */
export interface ServerSentEvent {
  name: string;
  data: string;
  /** Its place in the log: where a later stream goes on from. */
  id: string;
}

/** Reads a stream of server-sent events, in whatever pieces it arrives. */
export interface EventParser {
  /** Takes the next piece of text; answers the events that it completed. */
  push(text: string): ServerSentEvent[];
  /** The last place in the log that the stream has told, with an event or without. */
  lastEventId(): string;
}

/** The longest event taken, in UTF-16 code units: far above a message of the greatest size. */
const longestEvent = 4_000_000;

/**
 * Makes a parser after https://html.spec.whatwg.org/multipage/server-sent-events.html (read 2026-11).
 * `push` throws a `RangeError` for an event that does not end.
 */
export function createEventParser(startId: string): EventParser {
  let rest = "";
  let name = "";
  let data = "";
  let id = startId;
  let finishedId = startId;

  function takeLine(line: string): ServerSentEvent | undefined {
    if (line === "") return finish();
    const [field, value] = splitField(line);
    if (field === "event") name = value;
    else if (field === "data") data += `${value}\n`;
    else if (field === "id" && !value.includes("\0")) id = value;
    return undefined;
  }

  function finish(): ServerSentEvent | undefined {
    const event = data === "" ? undefined : { name: name || "message", data: data.slice(0, -1), id };
    finishedId = id;
    name = "";
    data = "";
    return event;
  }

  return {
    push(text) {
      // A carriage return at the end may be the first half of a line's end.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      const events = lines.map(takeLine).filter((event) => event !== undefined);
      if (rest.length + data.length > longestEvent) throw new RangeError("an event without an end");
      return events;
    },
    lastEventId: () => finishedId,
  };
}

function splitField(line: string): [field: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}
