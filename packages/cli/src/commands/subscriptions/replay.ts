import { instant } from "../../arguments/instant-option.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

interface ReplayOptions extends ConnectionOptions {
  from: string;
  to?: string;
}

/** Declares `quickcard subscriptions replay`. */
export function addSubscriptionsReplay(parent: QuickcardCommand): void {
  const command = parent
    .command("replay")
    .summary("tell the events of a time again")
    .description(
      "Tell the events of a time again, before what waits, in order for each contact, with the ids that they had. Instants are ISO 8601, or how long ago: 90m, 6h, 2d.",
    )
    .argument("<subscription>", "the subscription's id")
    .requiredOption("--from <instant>", "the first instant", instant("--from"))
    .option("--to <instant>", "events before this instant; now unless given", instant("--to"));
  addConnectionOptions(command)
    .example(
      "quickcard subscriptions replay 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4",
      "--from 2026-11-22T12:00:00Z --to 2026-11-22T13:00:00Z",
    )
    .example("quickcard subscriptions replay 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4", "--from 6h")
    .run<ReplayOptions>(runReplay);
}

async function runReplay(invocation: Invocation<ReplayOptions>, id = ""): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { from, to } = options;
  const range = { from, ...(to !== undefined && { to }) };
  const replay = await withClient(invocation, (client) =>
    client.subscriptions.replay(id, range, { signal: surroundings.signal }),
  );
  output.result({ id, ...replay });
  const count = replay.events === 1 ? "1 event is" : `${replay.events} events are`;
  output.say(text`${count} told again. See how it goes: quickcard subscriptions show ${id}`);
}
