import type { Message } from "@quickcard/client";
import { wholeNumber } from "../arguments/number-option.ts";
import { targetContact } from "../arguments/target-contact.ts";
import { variables } from "../environment.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { contentLine } from "../terminal/content-line.ts";
import { localTime } from "../terminal/local-time.ts";
import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";

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
