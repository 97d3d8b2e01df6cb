import type { Message } from "@quickcard/client";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../connection.ts";
import { contentLine } from "../content-line.ts";
import { variables } from "../environment.ts";
import { localTime } from "../local-time.ts";
import { wholeNumber } from "../number-option.ts";
import type { Output } from "../output.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { targetContact } from "../target-contact.ts";
import { text } from "../terminal-text.ts";

interface HistoryOptions extends ConnectionOptions {
  to?: string;
  limit: number;
}

/** Declares `quickcard history`. */
export function addHistory(parent: QuickcardCommand): void {
  const command = parent
    .command("history")
    .summary("show a contact's conversation, and how far each message came")
    .description(
      "Show a contact's conversation, oldest first, and how far each message came: sent reached the channel, delivered is on the customer's screen, read was seen. A message that stays at sent waits for the customer to open the chat.",
    )
    .option("--to <contact>", `the contact's id, in place of ${variables.contactId}`)
    .option("--limit <number>", "only the latest so many", wholeNumber("--limit", 1, 100_000), 100);
  addConnectionOptions(command)
    .example("quickcard history --to 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10")
    .example("quickcard history --limit 1 --json")
    .run<HistoryOptions>(runHistory);
}

async function runHistory(invocation: Invocation<HistoryOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const messages = await withClient(invocation, async (client, environment) => {
    const contactId = targetContact(options.to, environment);
    const latest: Message[] = [];
    // The API lists the oldest first, so the latest are what is left at the end.
    for await (const message of client.messages.listAll(contactId, {
      pageSize: 100,
      signal: surroundings.signal,
    })) {
      latest.push(message);
      if (latest.length > options.limit) latest.shift();
    }
    return latest;
  });
  output.result({ entities: messages });
  if (output.isJson) return;
  if (messages.length === 0) output.say(text`Nothing was said yet. Send something: quickcard send --help`);
  for (const message of messages) showMessage(message, output);
}

function showMessage(message: Message, output: Output): void {
  const { style } = output;
  const time = style.dim(localTime(message.timestamp));
  const said = contentLine(message.content);
  if (message.direction === "inbound") {
    output.say(text`${time} ${style.green("<-")} ${said}`);
    return;
  }
  const status = message.status === "failed" ? style.red(message.status) : style.dim(message.status);
  output.say(text`${time} -> ${said} ${status}${message.reason ? `: ${message.reason}` : ""}`);
}
