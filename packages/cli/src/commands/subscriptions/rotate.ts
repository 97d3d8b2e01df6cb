import { wholeNumber } from "../../arguments/number-option.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { localTime } from "../../terminal/local-time.ts";
import { text } from "../../terminal/terminal-text.ts";

interface RotateOptions extends ConnectionOptions {
  overlap?: number;
}

/** Declares `quickcard subscriptions rotate`. */
export function addSubscriptionsRotate(parent: QuickcardCommand): void {
  const command = parent
    .command("rotate")
    .summary("make a new secret, and show it once")
    .description(
      "Make a new secret. While it overlaps with the one before, webhooks are signed with both, so that the receiver can change over without losing one.",
    )
    .argument("<subscription>", "the subscription's id")
    .option(
      "--overlap <seconds>",
      "how long the one before still signs; a day unless told",
      wholeNumber("--overlap", 0, 604_800),
    );
  addConnectionOptions(command)
    .example("quickcard subscriptions rotate 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4")
    .example("quickcard subscriptions rotate 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4", "--overlap 0")
    .run<RotateOptions>(runRotate);
}

async function runRotate(invocation: Invocation<RotateOptions>, id = ""): Promise<void> {
  const { options, output, surroundings } = invocation;
  const rotated = await withClient(invocation, (client) =>
    client.subscriptions.rotate(id, { overlapSeconds: options.overlap, signal: surroundings.signal }),
  );
  output.result({ id, ...rotated });
  if (output.isJson) return;
  output.say(
    text`The new secret is shown this once; the one before signs too until ${localTime(rotated.previousExpiresAt)}.`,
  );
  output.say(text``);
  output.say(text`export WEBHOOK_SECRET='${rotated.secret}'`);
}
