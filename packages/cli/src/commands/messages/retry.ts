import { targetContact } from "../../arguments/target-contact.ts";
import { addConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";
import {
  addDeadLetterOptions,
  type DeadLetterOptions,
  requireSelection,
  selectionOf,
} from "./message-selection.ts";
import { tellCount } from "./tell-count.ts";

/** Declares `quickcard messages retry`. */
export function addMessagesRetry(parent: QuickcardCommand): void {
  const command = parent
    .command("retry")
    .summary("send messages again that were not delivered")
    .description(
      "Send messages again that are failed, unknown or expired, each behind all that its contact has waiting. The customer may have those that are unknown.",
    );
  addConnectionOptions(addDeadLetterOptions(command, "failed,expired"))
    .example(
      "quickcard messages retry c8a1b1de-9d0e-4d6f-a0a3-0a4d5f4f8f0e",
      "--to 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10",
    )
    .example("quickcard messages retry --all --status failed")
    .run<DeadLetterOptions, [string[]]>(runRetry);
}

async function runRetry(invocation: Invocation<DeadLetterOptions>, ids: string[]): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { signal } = surroundings;
  requireSelection(ids, options);
  await withClient(invocation, async (client, environment) => {
    if (options.all) {
      const { count } = await client.messages.retryMany(selectionOf(options), { signal });
      tellCount(output, { count, limit: options.limit, done: "sent again" });
      return;
    }
    const contactId = targetContact(options.to, environment);
    for (const id of ids) {
      output.result(await client.messages.retry(contactId, id, { signal }));
      output.say(text`Message ${id} is sent again.`);
    }
  });
}
