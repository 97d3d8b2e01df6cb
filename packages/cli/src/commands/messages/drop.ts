import { usageFailure } from "../../errors/failure.ts";
import { addConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";
import {
  addDeadLetterOptions,
  type DeadLetterOptions,
  ownerOf,
  requireSelection,
  selectionOf,
} from "./message-selection.ts";
import { tellCount } from "./tell-count.ts";

interface DropOptions extends DeadLetterOptions {
  yes?: boolean;
}

/** Declares `quickcard messages drop`. */
export function addMessagesDrop(parent: QuickcardCommand): void {
  const command = parent
    .command("drop")
    .summary("remove messages for good that were not delivered")
    .description("Remove messages for good that are failed, unknown or expired. Nothing of them is kept.");
  const selected = addDeadLetterOptions(command, "failed,unknown,expired");
  addConnectionOptions(selected.option("--yes", "confirm that they are to be removed"))
    .example("quickcard messages drop c8a1b1de-9d0e-4d6f-a0a3-0a4d5f4f8f0e --yes")
    .example("quickcard messages drop --all --before 30d --yes")
    .run<DropOptions, [string[]]>(runDrop);
}

async function runDrop(invocation: Invocation<DropOptions>, ids: string[]): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { signal } = surroundings;
  requireSelection(ids, options);
  if (!options.yes) {
    throw usageFailure(
      "Dropping messages cannot be undone.",
      "Add --yes to do it. What would go: quickcard messages list",
      "usage.unconfirmed",
    );
  }
  await withClient(invocation, async (client) => {
    if (options.all) {
      const { count } = await client.messages.dropMany(selectionOf(options), { signal });
      tellCount(output, { count, limit: options.limit, done: "dropped" });
      return;
    }
    for (const id of ids) {
      const contactId = await ownerOf(client, id, { to: options.to, signal });
      await client.messages.drop(contactId, id, { signal });
      output.result({ id, dropped: true });
      output.say(text`Message ${id} is dropped.`);
    }
  });
}
