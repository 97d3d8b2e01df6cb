import type { MessageStatus, OutboundMessage } from "@quickcard/client";
import { nameList } from "../../arguments/name-list.ts";
import { wholeNumber } from "../../arguments/number-option.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import { takeFirst } from "../../gateway/take-first.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { contentLine } from "../../terminal/content-line.ts";
import { localTime } from "../../terminal/local-time.ts";
import type { Output } from "../../terminal/output.ts";
import { text } from "../../terminal/terminal-text.ts";

const statusNames: Record<MessageStatus, true> = {
  queued: true,
  sending: true,
  retry_wait: true,
  ambiguous: true,
  reconciling: true,
  sent: true,
  delivered: true,
  read: true,
  failed: true,
  unknown: true,
  expired: true,
  cancelled: true,
};

const statuses = Object.keys(statusNames) as MessageStatus[];

interface ListOptions extends ConnectionOptions {
  status?: MessageStatus[];
  to?: string;
  limit: number;
}

/** Declares `quickcard messages list`. */
export function addMessagesList(parent: QuickcardCommand): void {
  const command = parent
    .command("list")
    .summary("list messages of all contacts by status, newest first")
    .description(
      `List messages of all contacts by status, newest first. Unless told, those that were not delivered: failed, unknown (the customer may have it) and expired. Statuses: ${statuses.join(", ")}.`,
    )
    .option(
      "--status <list>",
      "those of these statuses, separated by commas",
      nameList("--status", statuses, "a status"),
    )
    .option("--to <contact>", "only those of this contact")
    .option("--limit <number>", "at most so many", wholeNumber("--limit", 1, 100_000), 25);
  addConnectionOptions(command)
    .example("quickcard messages list")
    .example("quickcard messages list --status queued,retry_wait --limit 1000 --json")
    .run<ListOptions>(runList);
}

async function runList(invocation: Invocation<ListOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { status, to: contactId, limit } = options;
  const query = { statuses: status, contactId, pageSize: Math.min(limit, 100), signal: surroundings.signal };
  const messages = await withClient(invocation, (client) => takeFirst(client.messages.findAll(query), limit));
  output.result({ entities: messages });
  if (output.isJson) return;
  if (messages.length === 0) output.say(text`No messages of this kind.`);
  for (const message of messages) showMessage(message, output);
}

function showMessage(
  { id, contactId, status, timestamp, reason, content }: OutboundMessage,
  output: Output,
): void {
  const { style } = output;
  output.say(text`${style.bold(id)} ${status === "failed" ? style.red(status) : style.yellow(status)}`);
  output.say(text`  ${style.dim(localTime(timestamp))} --to ${contactId}: ${contentLine(content)}`);
  if (reason !== undefined) output.say(text`  ${reason}`);
}
