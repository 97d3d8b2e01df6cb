import type { EventType } from "@quickcard/client";
import { eventTypeMeanings, parseEventTypes } from "../../arguments/event-types.ts";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

interface CreateOptions extends ConnectionOptions {
  url: string;
  events?: EventType[];
}

/** Declares `quickcard subscriptions create`. */
export function addSubscriptionsCreate(parent: QuickcardCommand): void {
  const command = parent
    .command("create")
    .summary("tell a URL of events, and show the secret once")
    .description(
      `Tell a URL of what happens from now on. Webhooks are signed as Standard Webhooks has it; the secret is shown this once. Types of event: ${eventTypeMeanings}.`,
    )
    .requiredOption("--url <url>", "where webhooks are posted to")
    .option("--events <list>", "only these types, separated by commas", parseEventTypes);
  addConnectionOptions(command)
    .example("quickcard subscriptions create --url https://example.com/webhooks")
    .example(
      "quickcard subscriptions create --url https://example.com/taps",
      "--events message.inbound --json",
    )
    .run<CreateOptions>(runCreate);
}

async function runCreate(invocation: Invocation<CreateOptions>): Promise<void> {
  const { options, output, surroundings } = invocation;
  const { url, events } = options;
  const subscription = await withClient(invocation, (client) =>
    client.subscriptions.create({ url, ...(events && { events }) }, { signal: surroundings.signal }),
  );
  output.result(subscription);
  if (output.isJson) return;
  const { id, secret } = subscription;
  output.say(
    text`Subscription ${output.style.bold(id)} tells ${subscription.url} of what happens from now on.`,
  );
  output.say(text`Its secret is shown this once: give it to whoever checks the signatures.`);
  output.say(text``);
  output.say(text`export WEBHOOK_SECRET='${secret}'`);
  output.say(text``);
  output.say(text`Try it: quickcard subscriptions test ${id}`);
}
