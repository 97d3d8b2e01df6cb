import { targetContact } from "../../arguments/target-contact.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard contacts reopen`. */
export function addContactsReopen(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("reopen")
      .summary("open a closed conversation again")
      .description("Open a closed conversation again, so that it takes messages.")
      .argument("[contact]", "the contact's id; TARGET_CONTACT_ID unless given"),
  )
    .example("quickcard contacts reopen 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10")
    .run<ConnectionOptions>(runReopen);
}

async function runReopen(invocation: Invocation<ConnectionOptions>, named?: string): Promise<void> {
  const { output, surroundings } = invocation;
  const contact = await withClient(invocation, (client, environment) =>
    client.contacts.reopen(targetContact(named, environment), { signal: surroundings.signal }),
  );
  output.result(contact);
  output.say(text`The conversation of ${contact.id} is ${contact.state}: it takes messages.`);
}
