import { readFile, rename, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Event } from "@quickcard/client";
import { wholeNumber } from "../arguments/number-option.ts";
import { errorCode } from "../errors/error-code.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { eventLine } from "../terminal/event-line.ts";
import { text } from "../terminal/terminal-text.ts";

interface ListenOptions extends ConnectionOptions {
  to?: string;
  after?: string;
  cursorFile?: string;
  count?: number;
}

/** Declares `quickcard listen`. */
export function addListen(parent: QuickcardCommand): void {
  const command = parent
    .command("listen")
    .summary("show events as they come")
    .description(
      "Show what customers write and tap, how far messages come and which conversations open and close, as it happens, until Ctrl-C. A lost connection is taken up where it broke off.",
    )
    .option("--to <contact>", "only events of this contact")
    .option("--after <id>", "begin after this event; 0 for the oldest that is kept")
    .option(
      "--cursor-file <file>",
      "keep the place in this file: the next run with it goes on there, and may show the last event again",
    )
    .option("--count <number>", "stop after so many events", wholeNumber("--count", 1, 1_000_000_000));
  addConnectionOptions(command)
    .example("quickcard listen")
    .example("quickcard listen --json --cursor-file events.cursor | your-program")
    .run<ListenOptions>(runListen);
}

async function runListen(invocation: Invocation<ListenOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { signal, cwd } = surroundings;
  const cursorFile = options.cursorFile === undefined ? undefined : resolve(cwd, options.cursorFile);
  const after = options.after ?? (cursorFile && (await readCursor(cursorFile)));
  let count = 0;
  await withClient(invocation, async (client) => {
    output.say(text`Listening at ${client.baseUrl}. Stop with Ctrl-C.`);
    for await (const event of untilStopped(client.events({ after, signal }), signal)) {
      if (options.to === undefined || options.to === event.contactId) {
        if (output.isJson) output.result(event);
        else output.say(eventLine(event, output.style));
        await output.drained();
        count += 1;
      }
      if (cursorFile !== undefined) await writeCursor(cursorFile, event.id);
      if (count === options.count) break;
    }
  });
}

/** Ends where the user says stop: for a stream without end this is no failure. */
async function* untilStopped(
  events: AsyncIterable<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function readCursor(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, "utf8")).trim() || undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces the file in one step, so that a crash leaves the old place or the new one. */
async function writeCursor(file: string, id: string): Promise<void> {
  await writeFile(`${file}.new`, `${id}\n`);
  await rename(`${file}.new`, file);
}
