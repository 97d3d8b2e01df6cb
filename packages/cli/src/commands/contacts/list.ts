import type { ContactState } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import { Option } from "commander";
import { channels } from "../../arguments/channels.ts";
import { wholeNumber } from "../../arguments/number-option.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import { takeFirst } from "../../gateway/take-first.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { columns } from "../../terminal/columns.ts";
import { text } from "../../terminal/terminal-text.ts";

const states: ContactState[] = ["queued", "active", "closed"];

interface ListOptions extends ConnectionOptions {
  state?: ContactState;
  channel?: Channel;
  limit: number;
}

/** Declares `quickcard contacts list`. */
export function addContactsList(parent: QuickcardCommand): void {
  const command = parent
    .command("list")
    .summary("list contacts, newest first")
    .description("List contacts, newest first.")
    .addOption(new Option("--state <state>", "only those in this state").choices(states))
    .addOption(new Option("--channel <name>", "only those on this channel").choices(channels))
    .option("--limit <number>", "at most so many", wholeNumber("--limit", 1, 100_000), 25);
  addConnectionOptions(command)
    .example("quickcard contacts list --state active")
    .example("quickcard contacts list --limit 1000 --json")
    .run<ListOptions>(runList);
}

async function runList(invocation: Invocation<ListOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { state, channel, limit } = options;
  const query = { state, channel, pageSize: Math.min(limit, 100), signal: surroundings.signal };
  const contacts = await withClient(invocation, (client) => takeFirst(client.contacts.listAll(query), limit));
  output.result({ entities: contacts });
  if (output.isJson) return;
  if (contacts.length === 0) output.say(text`No contacts. Make one: quickcard contacts create --help`);
  const rows = contacts.map((contact) => [
    contact.id,
    contact.state,
    contact.channel,
    contact.displayName ?? "",
  ]);
  for (const line of columns(rows)) output.say(line);
}
