import { targetContact } from "../../arguments/target-contact.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard contacts close`. */
export function addContactsClose(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("close")
      .summary("end a contact's conversation")
      .description(
        "End a contact's conversation: it takes no message until it is reopened. Nothing is deleted.",
      )
      .argument("[contact]", "the contact's id; TARGET_CONTACT_ID unless given"),
  )
    .example("quickcard contacts close 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10")
    .run<ConnectionOptions>(runClose);
}

async function runClose(invocation: Invocation<ConnectionOptions>, named?: string): Promise<void> {
  const { output, surroundings } = invocation;
  const contact = await withClient(invocation, (client, environment) =>
    client.contacts.close(targetContact(named, environment), { signal: surroundings.signal }),
  );
  output.result(contact);
  output.say(
    text`The conversation of ${contact.id} is closed. Open it again: quickcard contacts reopen ${contact.id}`,
  );
}
