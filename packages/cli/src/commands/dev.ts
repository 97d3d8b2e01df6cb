import { join, relative } from "node:path";
import type { Event, OpenMessagingClient } from "@quickcard/client";
import { useClient } from "../connection.ts";
import { contentLine } from "../content-line.ts";
import { type DataOptions, dataDirectory } from "../data-directory.ts";
import { commandName } from "../demo/command-name.ts";
import { demoDotenv } from "../demo/demo-credentials.ts";
import { startDemoGateway } from "../demo/demo-gateway.ts";
import { demoCard, demoMenu } from "../demo/demo-messages.ts";
import { type DemoProgram, prepareDemoProgram } from "../demo/demo-program.ts";
import { playOnce } from "../demo/play-once.ts";
import { tellStep } from "../demo/tell-step.ts";
import { eventLine } from "../event-line.ts";
import { wholeNumber } from "../number-option.ts";
import type { Output } from "../output.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { shellWord } from "../shell-word.ts";
import type { Surroundings } from "../surroundings.ts";
import { text } from "../terminal-text.ts";

interface DevOptions extends DataOptions {
  port: number;
  once?: boolean;
}

/** Declares `quickcard dev`. */
export function addDev(parent: QuickcardCommand): void {
  parent
    .command("dev")
    .summary("try it all on this computer: gateway, customer and messages")
    .description(
      "Run a gateway with a demo client and a customer, send the customer a menu and a card, and show what the customer taps, until Ctrl-C. The next start goes on with the same customer.",
    )
    .option(
      "--port <number>",
      "port to listen on; 0 takes a free one",
      wholeNumber("--port", 0, 65_535),
      4400,
    )
    .option("--data <dir>", "where the demo keeps its data", join(".quickcard", "dev"))
    .option(
      "--once",
      "play the customer too, check that the taps come back, and end; on a free port and without a trace",
    )
    .example("quickcard dev")
    .example("quickcard dev --once")
    .run<DevOptions>((invocation) =>
      invocation.options.once
        ? playOnce(invocation.output, invocation.surroundings.signal)
        : runDev(invocation),
    );
}

async function runDev({ options, output, surroundings }: Invocation<DevOptions>): Promise<void> {
  const directory = dataDirectory(options, surroundings);
  const { signal } = surroundings;
  const gateway = await startDemoGateway({ port: options.port, dataDirectory: directory });
  try {
    const program = await prepareDemoProgram(directory, gateway.url, signal);
    tellStep(output, "Gateway ready", gateway.url);
    const { contact } = program;
    tellStep(
      output,
      program.isReused ? "Customer of the last start" : "Customer made",
      `${contact.displayName}, ${contact.id}`,
    );
    await useClient(program.credentials, async (client) => {
      const startedAt = new Date().toISOString();
      await sendDemoMessages(client, contact.id, gateway.url, output, signal);
      showWhatNext(program, gateway.url, demoDotenv(directory), output, surroundings);
      await showEvents(client, startedAt, output, signal);
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await gateway.close();
  }
}

async function sendDemoMessages(
  client: OpenMessagingClient,
  contactId: string,
  gatewayUrl: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  for (const content of [demoMenu(), demoCard(gatewayUrl)]) {
    await client.messages.send(contactId, content, { signal });
    tellStep(output, `Sent a ${content.type}`, contentLine(content));
  }
}

/** Reads the log from its beginning, so that no tap is missed before the stream is open, and leaves out earlier starts. */
async function showEvents(
  client: OpenMessagingClient,
  startedAt: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of client.events({ after: "0", signal })) {
    if (event.timestamp < startedAt) continue;
    if (output.isJson) output.result(event);
    else if (isWorthTelling(event)) output.say(eventLine(event, output.style));
  }
}

function showWhatNext(
  { contact }: DemoProgram,
  url: string,
  dotenv: string,
  output: Output,
  { cwd, env }: Surroundings,
): void {
  const { chatUrl = "", id: contactId } = contact;
  output.result({ ready: true, url, chatUrl, contactId, dotenv });
  const { style } = output;
  const command = `${commandName({ env })} send quick-reply --dotenv ${shellWord(relative(cwd, dotenv))}`;
  output.say(text``);
  output.say(text`Open the customer's page and tap:`);
  output.say(text`  ${style.cyan(chatUrl)}`);
  output.say(text``);
  output.say(text`Send more from another terminal, here in this folder:`);
  output.say(text`  ${command} ${"\\"}`);
  output.say(text`    --title "How can we help you today?" ${"\\"}`);
  output.say(text`    --choice "Billing=billing_inquiry" --choice "Speak to Agent=transfer_to_agent"`);
  output.say(text``);
  output.say(text`The API to read: ${url}/docs`);
  output.say(text`What happens from now on; stop with Ctrl-C:`);
}

/** What happens to every message on its way to the customer is left out: the customer's doings are to be seen. */
function isWorthTelling(event: Event): boolean {
  return event.type !== "message.status" || !["queued", "sending", "sent"].includes(event.status);
}
