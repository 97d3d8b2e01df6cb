import { Failure } from "../../errors/failure.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard subscriptions test`. */
export function addSubscriptionsTest(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("test")
      .summary("post a test to a subscription's URL")
      .description(
        "Let the gateway post a signed subscription.test to the URL now, once, and say what it answered.",
      )
      .argument("<subscription>", "the subscription's id"),
  )
    .example("quickcard subscriptions test 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4")
    .run<ConnectionOptions>(runTest);
}

async function runTest(invocation: Invocation<ConnectionOptions>, id = ""): Promise<void> {
  const { output, surroundings } = invocation;
  const tested = await withClient(invocation, (client) =>
    client.subscriptions.test(id, { signal: surroundings.signal }),
  );
  if (!tested.delivered) {
    throw new Failure({
      code: "test_not_delivered",
      message: tested.reason ?? `The subscriber answered ${tested.status}, which is no success.`,
      fix: "Let the URL answer a POST with 200 within ten seconds, and look there for what went wrong",
      details: { ...tested },
    });
  }
  output.result(tested);
  output.say(text`The subscriber answered ${tested.status ?? ""} after ${tested.durationMs} ms.`);
}
