import type { SubscriptionChanges } from "@quickcard/client";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";

interface ResumeOptions extends ConnectionOptions {
  url?: string;
}

/** Declares `quickcard subscriptions resume`. */
export function addSubscriptionsResume(parent: QuickcardCommand): void {
  const command = parent
    .command("resume")
    .summary("let a subscription that ended go on where it stood")
    .description(
      "Let a subscription go on that ended, as one does whose URL answers 410: it is told first of what it has missed.",
    )
    .argument("<subscription>", "the subscription's id")
    .option("--url <url>", "another URL from now on");
  addConnectionOptions(command)
    .example("quickcard subscriptions resume 0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4")
    .run<ResumeOptions>(runResume);
}

async function runResume(invocation: Invocation<ResumeOptions>, id = ""): Promise<void> {
  const { options, output, surroundings } = invocation;
  const changes: SubscriptionChanges = {
    active: true,
    ...(options.url !== undefined && { url: options.url }),
  };
  const subscription = await withClient(invocation, (client) =>
    client.subscriptions.update(id, changes, { signal: surroundings.signal }),
  );
  output.result(subscription);
  output.say(text`Subscription ${id} goes on telling ${subscription.url}.`);
}
