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

/** Declares `quickcard messages retry`. */
export function addMessagesRetry(parent: QuickcardCommand): void {
  const command = parent
    .command("retry")
    .summary("send messages again that were not delivered")
    .description(
      "Send messages again that are failed, unknown or expired, each behind all that its contact has waiting. The customer may have those that are unknown.",
    );
  addConnectionOptions(addDeadLetterOptions(command, "failed,expired"))
    .example("quickcard messages retry c8a1b1de-9d0e-4d6f-a0a3-0a4d5f4f8f0e")
    .example("quickcard messages retry --all --status failed")
    .run<DeadLetterOptions, [string[]]>(runRetry);
}

async function runRetry(invocation: Invocation<DeadLetterOptions>, ids: string[]): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { signal } = surroundings;
  requireSelection(ids, options);
  await withClient(invocation, async (client) => {
    if (options.all) {
      const { count } = await client.messages.retryMany(selectionOf(options), { signal });
      tellCount(output, { count, limit: options.limit, done: "sent again" });
      return;
    }
    for (const id of ids) {
      const contactId = await ownerOf(client, id, { to: options.to, signal });
      output.result(await client.messages.retry(contactId, id, { signal }));
      output.say(text`Message ${id} is sent again.`);
    }
  });
}
