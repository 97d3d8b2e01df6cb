import type { Message, OutboundMessage } from "@quickcard/client";
import { addConnectionOptions, type ConnectionOptions, withClient } from "../../gateway/connection.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { contentLine } from "../../terminal/content-line.ts";
import { localTime } from "../../terminal/local-time.ts";
import type { Output } from "../../terminal/output.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Declares `quickcard messages show`. */
export function addMessagesShow(parent: QuickcardCommand): void {
  const command = parent
    .command("show")
    .summary("show every attempt to deliver a message")
    .description(
      "Show a message: every status that it has had, and every attempt to deliver it, with its cause.",
    )
    .argument("<message>", "the message's id, as a send and the gateway's log have it");
  addConnectionOptions(command)
    .example("quickcard messages show c8a1b1de-9d0e-4d6f-a0a3-0a4d5f4f8f0e")
    .run<ConnectionOptions>(runShow);
}

async function runShow(invocation: Invocation<ConnectionOptions>, id = ""): Promise<void> {
  const { output, surroundings } = invocation;
  const message = await withClient(invocation, (client) =>
    client.messages.locate(id, { signal: surroundings.signal }),
  );
  output.result(message);
  if (!output.isJson) showMessage(message, output);
}

function showMessage(message: Message, output: Output): void {
  output.say(text`${output.style.bold(message.id)} ${message.status}`);
  output.say(text`  --to ${message.contactId}: ${contentLine(message.content)}`);
  if (message.direction === "outbound") showDelivery(message, output);
}

function showDelivery({ statuses = [], attempts = [] }: OutboundMessage, { say, style }: Output): void {
  for (const { status, timestamp, reason } of statuses) {
    say(text`  ${style.dim(localTime(timestamp))} ${status}${reason ? `: ${reason}` : ""}`);
  }
  for (const { number, startedAt, outcome = "under way", reason, nextAt } of attempts) {
    const next = nextAt === undefined ? "" : `, next at ${localTime(nextAt)}`;
    const why = reason === undefined ? "" : `: ${reason}`;
    say(text`  attempt ${number} at ${localTime(startedAt)} ${outcome}${next}${why}`);
  }
}
