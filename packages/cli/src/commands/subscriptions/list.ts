import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { columns } from "../../terminal/columns.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard subscriptions list`. */
export function addSubscriptionsList(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("list")
      .summary("list subscriptions, oldest first")
      .description("List subscriptions, oldest first. No secret is shown."),
  )
    .example("quickcard subscriptions list")
    .example("quickcard subscriptions list --json")
    .run<ConnectionOptions>(runList);
}

async function runList(invocation: Invocation<ConnectionOptions>): Promise<void> {
  const { output, surroundings } = invocation;
  const subscriptions = await withClient(invocation, (client) =>
    client.subscriptions.list({ signal: surroundings.signal }),
  );
  output.result({ entities: subscriptions });
  if (output.isJson) return;
  if (subscriptions.length === 0) {
    output.say(text`No subscriptions. Make one: quickcard subscriptions create --help`);
  }
  const rows = subscriptions.map(({ id, state, url, events }) => [id, state, url, events.join(",")]);
  for (const line of columns(rows)) output.say(line);
}
