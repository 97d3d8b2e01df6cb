import { usageFailure } from "../../errors/failure.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

interface DeleteOptions extends ConnectionOptions {
  yes?: boolean;
}

/** Declares `quickcard contacts delete`. */
export function addContactsDelete(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("delete")
      .summary("forget a contact and its messages, for good")
      .description(
        "Forget a contact and all its messages, for good. To end a conversation and keep it, close it.",
      )
      .argument("<contact>", "the contact's id")
      .option("--yes", "confirm that it is to be deleted"),
  )
    .example("quickcard contacts delete 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10 --yes")
    .run<DeleteOptions>(runDelete);
}

async function runDelete(invocation: Invocation<DeleteOptions>, contactId = ""): Promise<void> {
  const { options, output, surroundings } = invocation;
  if (!options.yes) {
    throw usageFailure(
      `Deleting ${contactId} and all its messages cannot be undone.`,
      "Add --yes to do it, or keep the messages with: quickcard contacts close",
      "usage.unconfirmed",
    );
  }
  await withClient(invocation, (client) =>
    client.contacts.delete(contactId, { signal: surroundings.signal }),
  );
  output.result({ id: contactId, deleted: true });
  output.say(text`Contact ${contactId} and its messages are deleted.`);
}
