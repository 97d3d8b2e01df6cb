import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard subscriptions remove`. */
export function addSubscriptionsRemove(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("remove")
      .summary("remove a subscription and what waits for it")
      .description("Remove a subscription and what waits for it. Its URL is told nothing more.")
      .argument("<subscription>", "the subscription's id"),
  )
    .example("quickcard subscriptions remove 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4")
    .run<ConnectionOptions>(runRemove);
}

async function runRemove(invocation: Invocation<ConnectionOptions>, id = ""): Promise<void> {
  const { output, surroundings } = invocation;
  await withClient(invocation, (client) => client.subscriptions.remove(id, { signal: surroundings.signal }));
  output.result({ id, removed: true });
  output.say(text`Subscription ${id} is removed.`);
}
