import { targetContact } from "../../arguments/target-contact.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { showContact } from "../../terminal/contact-card.ts";

/** Declares `quickcard contacts show`. */
export function addContactsShow(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("show")
      .summary("show a contact, its state and its page")
      .description(
        "Show a contact, the state of its conversation and, to a client that may write contacts, the customer's page.",
      )
      .argument("[contact]", "the contact's id; TARGET_CONTACT_ID unless given"),
  )
    .example("quickcard contacts show")
    .example("quickcard contacts show 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10 --json")
    .run<ConnectionOptions>(runShow);
}

async function runShow(invocation: Invocation<ConnectionOptions>, named?: string): Promise<void> {
  const { output, surroundings } = invocation;
  const contact = await withClient(invocation, (client, environment) =>
    client.contacts.get(targetContact(named, environment), { signal: surroundings.signal }),
  );
  output.result(contact);
  showContact(contact, output);
}
