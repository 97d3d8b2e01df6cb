import type { OpenMessagingClient } from "@quickcard/client";
import { addConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";
import {
  addSelectionOptions,
  ownerOf,
  requireSelection,
  type SelectionOptions,
} from "./message-selection.ts";
import { tellCount } from "./tell-count.ts";

/** Declares `quickcard messages cancel`. */
export function addMessagesCancel(parent: QuickcardCommand): void {
  const command = parent
    .command("cancel")
    .summary("take back messages that wait")
    .description(
      "Take back messages that wait to be sent or to be tried again. What is under way or sent cannot be taken back.",
    );
  addConnectionOptions(addSelectionOptions(command))
    .example("quickcard messages cancel c8a1b1de-9d0e-4d6f-a0a3-0a4d5f4f8f0e")
    .example("quickcard messages cancel --all --to 3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10")
    .run<SelectionOptions, [string[]]>(runCancel);
}

async function runCancel(invocation: Invocation<SelectionOptions>, ids: string[]): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { signal } = surroundings;
  requireSelection(ids, options);
  await withClient(invocation, async (client) => {
    if (options.all) {
      const count = await cancelAll(client, options, signal);
      tellCount(output, { count, limit: options.limit, done: "taken back" });
      return;
    }
    for (const id of ids) {
      const contactId = await ownerOf(client, id, { to: options.to, signal });
      output.result(await client.messages.cancel(contactId, id, { signal }));
      output.say(text`Message ${id} is taken back.`);
    }
  });
}

/** The newest first, so that none is sent whose forerunner was taken back. */
async function cancelAll(
  client: OpenMessagingClient,
  { to: contactId, limit }: SelectionOptions,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  const waiting = client.messages.findAll({
    statuses: ["queued", "retry_wait"],
    contactId,
    pageSize: 100,
    signal,
  });
  for await (const message of waiting) {
    if (await cancelOne(client, message, signal)) count += 1;
    if (count === limit) break;
  }
  return count;
}

/** `false` where it has been sent in the meantime. */
async function cancelOne(
  client: OpenMessagingClient,
  { contactId, id }: { contactId: string; id: string },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.messages.cancel(contactId, id, { signal });
    return true;
  } catch (error) {
    if (error instanceof Error && "apiCode" in error && error.apiCode === "message.state") return false;
    throw error;
  }
}
