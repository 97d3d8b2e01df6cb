import type { Channel } from "@quickcard/content";
import { Option } from "commander";
import { channels } from "../../arguments/channels.ts";
import { collectEntries } from "../../arguments/label-value.ts";
import { variables } from "../../environment.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { showContact } from "../../terminal/contact-card.ts";
import { text } from "../../terminal/terminal-text.ts";

interface CreateOptions extends ConnectionOptions {
  channel: Channel;
  name?: string;
  address?: string;
  attribute?: Record<string, string>;
  idempotencyKey?: string;
}

/** Declares `quickcard contacts create`. */
export function addContactsCreate(parent: QuickcardCommand): void {
  const command = parent
    .command("create")
    .summary("make a contact and open its conversation")
    .description(
      "Make a contact and open its conversation. On channel web the answer names the customer's page.",
    )
    .addOption(new Option("--channel <name>", "where the customer reads").choices(channels).default("web"))
    .option("--name <name>", "what the customer is called")
    .option("--address <address>", "the customer's address on the channel; none on web")
    .option("--attribute <key=value>", "something to remember; repeatable", collectEntries("--attribute"))
    .option("--idempotency-key <key>", "the same key again answers the same contact");
  addConnectionOptions(command)
    .example("quickcard contacts create --channel web --name Ada")
    .example("quickcard contacts create --name Ada --attribute customer=4711 --json")
    .run<CreateOptions>(runCreate);
}

async function runCreate(invocation: Invocation<CreateOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { channel, name, address, attribute, idempotencyKey } = options;
  const contact = await withClient(invocation, (client) =>
    client.contacts.create(
      {
        channel,
        ...(name !== undefined && { displayName: name }),
        ...(address !== undefined && { address }),
        ...(attribute && { attributes: attribute }),
      },
      { idempotencyKey, signal: surroundings.signal },
    ),
  );
  output.result(contact);
  showContact(contact, output);
  output.say(text``);
  output.say(text`export ${variables.contactId}='${contact.id}'`);
}
