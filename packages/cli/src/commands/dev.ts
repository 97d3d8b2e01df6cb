import { join, relative } from "node:path";
import type { Event, OpenMessagingClient } from "@quickcard/client";
import type { Vendor } from "@quickcard/emulator/vendors";
import { Option } from "commander";
import { wholeNumber } from "../arguments/number-option.ts";
import { commandName } from "../demo/command-name.ts";
import { type DemoAddresses, writeDemoAddresses } from "../demo/demo-addresses.ts";
import { demoDotenv } from "../demo/demo-credentials.ts";
import { demoChannels } from "../demo/demo-customers.ts";
import { demoCard, demoMenu } from "../demo/demo-messages.ts";
import { type DemoProgram, prepareDemoProgram } from "../demo/demo-program.ts";
import { type MetCustomer, meetCustomers } from "../demo/meet-customers.ts";
import { playOnce } from "../demo/play-once.ts";
import { startDemo } from "../demo/start-demo.ts";
import { tellStep } from "../demo/tell-step.ts";
import { variables } from "../environment.ts";
import { useClient } from "../gateway/connection.ts";
import { type DataOptions, dataDirectory } from "../gateway/data-directory.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import type { Surroundings } from "../surroundings.ts";
import { contentLine } from "../terminal/content-line.ts";
import { eventLine } from "../terminal/event-line.ts";
import type { Output } from "../terminal/output.ts";
import { shellWord } from "../terminal/shell-word.ts";
import { text } from "../terminal/terminal-text.ts";

interface DevOptions extends DataOptions {
  port: number;
  channel?: Vendor[];
  once?: boolean;
}

/** Declares `quickcard dev`. */
export function addDev(parent: QuickcardCommand): void {
  parent
    .command("dev")
    .summary("try it all on this computer: customer, agent, gateway and Genesys Cloud")
    .description(
      "Run a gateway with a demo client and a customer, linked to an emulated Genesys Cloud, until Ctrl-C. One page shows the agent's desk beside the customer's phone, and every request and webhook between them. The first start sends the customer a menu and a card; the next one goes on with the same customer and conversation. Of other channels the vendors are stood in for on this computer: each has a customer of its own, whose phone can be chosen on that page.",
    )
    .option(
      "--port <number>",
      "port of the gateway; 0 takes a free one",
      wholeNumber("--port", 0, 65_535),
      4400,
    )
    .addOption(
      new Option(
        "--channel <channel...>",
        "a channel to have beside the web chat, with a customer's phone; repeatable",
      )
        .choices(demoChannels)
        .conflicts("once"),
    )
    .option("--data <dir>", "where the demo keeps its data", join(".quickcard", "dev"))
    .option(
      "--once",
      "play customer and agent too, check that each sees the other, and end; on free ports and without a trace",
    )
    .example("quickcard dev")
    .example("quickcard dev --channel whatsapp --channel line")
    .example("quickcard dev --once")
    .run<DevOptions>((invocation) =>
      invocation.options.once
        ? playOnce(invocation.output, invocation.surroundings.signal)
        : runDev(invocation),
    );
}

/** The emulator's own; any other where that is taken. */
const emulatorPort = 4480;

async function runDev({ options, output, surroundings }: Invocation<DevOptions>): Promise<void> {
  const directory = dataDirectory(options, surroundings);
  const { signal } = surroundings;
  const demo = await startDemo({
    port: options.port,
    emulatorPort,
    dataDirectory: directory,
    channels: [...new Set(options.channel)],
  });
  const { gateway, emulator, vendors } = demo;
  try {
    tellStep(output, "Genesys Cloud ready, emulated", emulator.url);
    tellStep(output, "Gateway ready", gateway.url);
    const program = await prepareDemoProgram(directory, gateway.url, signal);
    const { contact, isReused } = program;
    const { displayName: name = "", chatUrl = "" } = contact;
    const addresses = { url: gateway.url, deskUrl: emulator.deskUrl, chatUrl };
    await writeDemoAddresses(directory, addresses);
    tellStep(output, isReused ? "Customer of the last start" : "Customer made", `${name}, ${contact.id}`);
    await useClient(program.credentials, async (client) => {
      const startedAt = new Date().toISOString();
      if (!isReused) await sendDemoMessages(client, contact.id, gateway.url, output, signal);
      const phones = await meetCustomers(client, vendors, signal);
      for (const { name, app, contactId } of phones)
        tellStep(output, `Customer on ${app}`, `${name}, ${contactId}`);
      emulator.showCustomers([{ name, channel: "Web chat", chatUrl }, ...phones.map(toDeskCustomer)]);
      const dotenv = demoDotenv(directory);
      const designerUrl = designerUrlFor(gateway.url, program);
      output.result({ ready: true, ...addresses, designerUrl, contactId: contact.id, phones, dotenv });
      showWhatNext({ ...addresses, designerUrl, name, phones, dotenv }, output, surroundings);
      await showEvents(client, startedAt, output, signal);
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await demo.close();
  }
}

function toDeskCustomer({ name, app, phoneUrl }: MetCustomer) {
  return { name, channel: app, chatUrl: phoneUrl };
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

/** The designer, with all that its Send needs but the secret: links are kept in histories and copied into chats. */
function designerUrlFor(gatewayUrl: string, { contact, credentials }: DemoProgram): string {
  const fields = new URLSearchParams({ contact: contact.id, client: credentials.clientId ?? "" });
  return `${gatewayUrl}/designer#${fields}`;
}

interface WhatNext extends DemoAddresses {
  designerUrl: string;
  name: string;
  phones: readonly MetCustomer[];
  dotenv: string;
}

function showWhatNext(
  { url, deskUrl, designerUrl, name, phones, dotenv }: WhatNext,
  output: Output,
  { cwd, env }: Surroundings,
): void {
  const { style } = output;
  const command = `${commandName({ env })} send quick-reply --dotenv ${shellWord(relative(cwd, dotenv))}`;
  output.say(text``);
  const owners = new Intl.ListFormat("en-GB").format([name, ...phones.map((phone) => phone.name)]);
  const phone = phones.length === 0 ? `${name}'s phone` : `the phones of ${owners}`;
  output.say(text`Open this: the agent's desk beside ${phone}, and all that goes between them`);
  output.say(text`  ${style.cyan(deskUrl)}`);
  output.say(text``);
  output.say(
    text`Tap and write on the phone, answer at the desk. As a program, from another terminal in this folder:`,
  );
  output.say(text`  ${command} ${"\\"}`);
  output.say(text`    --title "How can we help you today?" ${"\\"}`);
  output.say(text`    --choice "Billing=billing_inquiry" --choice "Speak to Agent=transfer_to_agent"`);
  for (const { name: other, contactId } of phones) output.say(text`  to ${other}: --to ${contactId}`);
  output.say(text``);
  output.say(text`Design a message, and send it to ${name} with ${variables.clientSecret} of that file:`);
  output.say(text`  ${style.cyan(designerUrl)}`);
  output.say(text``);
  output.say(text`The API to read: ${url}/docs`);
  output.say(text`What happens from now on; stop with Ctrl-C:`);
}

/** What happens to every message on its way to the customer is left out: the customer's doings are to be seen. */
function isWorthTelling(event: Event): boolean {
  return event.type !== "message.status" || !["queued", "sending", "sent"].includes(event.status);
}
