import type { Subscription } from "@quickcard/client";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { localTime } from "../../terminal/local-time.ts";
import type { Output } from "../../terminal/output.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard subscriptions show`. */
export function addSubscriptionsShow(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("show")
      .summary("show how the webhooks of a subscription go")
      .description(
        "Show a subscription: how many events wait, since when something fails, the last attempt, and what was passed over.",
      )
      .argument("<subscription>", "the subscription's id"),
  )
    .example("quickcard subscriptions show 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4")
    .run<ConnectionOptions>(runShow);
}

async function runShow(invocation: Invocation<ConnectionOptions>, id = ""): Promise<void> {
  const { output, surroundings } = invocation;
  const subscription = await withClient(invocation, (client) =>
    client.subscriptions.get(id, { signal: surroundings.signal }),
  );
  output.result(subscription);
  if (!output.isJson) showSubscription(subscription, output);
}

function showSubscription(subscription: Subscription, output: Output): void {
  const { standing, endedReason } = subscription;
  const { style } = output;
  const rows: [string, string | undefined][] = [
    ["url", subscription.url],
    ["events", subscription.events.join(", ")],
    ["state", endedReason === undefined ? subscription.state : `${subscription.state}: ${endedReason}`],
    ["made", localTime(subscription.createdAt)],
    ["waiting", standing && String(standing.waiting)],
    ["failing", standing?.failingSince && `since ${localTime(standing.failingSince)}`],
    ["last try", lastAttempt(standing?.lastAttempt)],
  ];
  output.say(text`${style.bold(subscription.id)}`);
  for (const [name, value] of rows) {
    if (value !== undefined) output.say(text`  ${name.padEnd(9)} ${value}`);
  }
  for (const { timestamp, eventId, contactId, reason } of standing?.passedOver ?? []) {
    const what = style.red("passed over");
    output.say(text`  ${what} event ${eventId} of contact ${contactId}, ${localTime(timestamp)}: ${reason}`);
  }
}

function lastAttempt(attempt: NonNullable<Subscription["standing"]>["lastAttempt"]): string | undefined {
  if (!attempt) return undefined;
  return `${localTime(attempt.timestamp)}: ${attempt.reason ?? `answered ${attempt.status}`}`;
}
