import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { OpenMessagingClient } from "@quickcard/client";
import { createEmulator, type Emulator } from "@quickcard/emulator";
import { openClientRegistry } from "@quickcard/gateway";
import { freePort } from "../../../../testing/free-port.ts";
import { type ChildScript, startScript } from "../child-process.ts";
import { openPage, type Page } from "./customer-page.ts";
import type { LinkGatewaySettings } from "./link-gateway-process.ts";

/** How much is asked of the link. */
export interface LinkTorture {
  /** Messages each way, over all customers. */
  messages: number;
  customers: number;
  /** How often the gateway is killed and started again meanwhile. */
  kills: number;
}

/** What it came to. */
export interface LinkTortureResult {
  /** Broken promises. */
  complaints: string[];
  toGenesysCloud: number;
  toCustomers: number;
  kills: number;
  seconds: number;
}

const secret = "0123456789abcdef-torture-secret";

/** The shipped link's times, divided, so that a run takes minutes and not hours. */
const policy = {
  requestTimeoutMs: 500,
  settleMs: 1100,
  retryWaitsMs: [100, 300, 1000],
  activeCheckMs: 1000,
  idleCheckMs: 5000,
  pollMs: 100,
  requestsPerMinute: 1_000_000_000,
};

/** About every tenth request and every tenth webhook meets one of these. */
function setFaults({ faults }: Emulator): void {
  faults.add({ on: "request", kind: "drop", when: "after", probability: 0.03 });
  faults.add({ on: "request", kind: "drop", probability: 0.02 });
  faults.add({ on: "request", kind: "status", status: 500, when: "after", probability: 0.03 });
  faults.add({ on: "request", kind: "status", status: 429, retryAfterSeconds: 1, probability: 0.01 });
  faults.add({ on: "request", kind: "expired-token", probability: 0.01 });
  faults.add({ on: "webhook", kind: "drop", when: "after", probability: 0.03 });
  faults.add({ on: "webhook", kind: "drop", probability: 0.03 });
  faults.add({ on: "webhook", kind: "duplicate", probability: 0.04 });
}

/** Customers and an agent write to each other through a gateway that is killed again and again, over an unreliable platform. */
export async function runLinkTorture({
  messages,
  customers,
  kills,
}: LinkTorture): Promise<LinkTortureResult> {
  const startedAt = performance.now();
  const directory = mkdtempSync(join(tmpdir(), "quickcard-link-torture-"));
  const emulator = await createEmulator({
    rateLimitPerMinute: 1_000_000_000,
    webhookPolicy: { retryDelayMs: 200, retries: 1000, timeoutMs: 3000 },
  });
  await emulator.listen({ port: 0 });
  const port = await freePort();
  const settings = linkSettings(emulator, directory, port);
  const script = new URL("./link-gateway-process.ts", import.meta.url);
  const start = () => startScript<{ port: number }>(script, settings);
  let gateway = await start();
  try {
    const pages = await openPages(directory, port, customers);
    const conversations = await meet(emulator, pages);
    setFaults(emulator);
    const each = Math.floor(messages / customers);
    const writing = Promise.all([
      ...pages.map((page) => writeAll(page, each)),
      ...pages.map((page) => answerAll(emulator, conversations.get(page.contactId) ?? "", each)),
    ]);
    const watching = new AbortController();
    const reading = Promise.all(pages.map((page) => page.read(watching.signal)));
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(300 + 500 * Math.random());
      await gateway.end("SIGKILL");
      gateway = await start();
    }
    await writing;
    emulator.faults.clear();
    await drained(emulator, pages, conversations, each);
    watching.abort();
    await reading;
    const complaints = await judge(emulator, pages, conversations, each);
    const count = pages.length * each;
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return { complaints, toGenesysCloud: count, toCustomers: count, kills, seconds };
  } finally {
    await (gateway as ChildScript<unknown>).end("SIGKILL");
    await emulator.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function linkSettings(emulator: Emulator, dataDirectory: string, port: number): LinkGatewaySettings {
  const { id: clientId, secret: clientSecret } = emulator.createClient();
  const id = emulator.createIntegration({
    name: "Torture",
    outboundNotificationWebhookUrl: `http://127.0.0.1:${port}/genesys-cloud/webhook`,
    outboundNotificationWebhookSignatureSecretToken: secret,
  });
  const cloud = { baseUrl: emulator.url, loginUrl: emulator.loginUrl, clientId, clientSecret };
  return {
    port,
    dataDirectory,
    genesysCloud: { cloud, integrations: [{ id, webhookSecrets: [secret] }], policy },
  };
}

async function openPages(directory: string, port: number, count: number): Promise<Page[]> {
  const registry = openClientRegistry(directory);
  const { clientId, clientSecret = "" } = await registry.create({
    name: "torture",
    scopes: ["conversations:write"],
  });
  await registry.close();
  const client = new OpenMessagingClient({ baseUrl: `http://127.0.0.1:${port}`, clientId, clientSecret });
  const pages = await Promise.all(Array.from({ length: count }, () => openPage(client)));
  await client.close();
  return pages;
}

/** Each customer says hello, and the agent takes each conversation. */
async function meet(emulator: Emulator, pages: Page[]): Promise<Map<string, string>> {
  const agent = emulator.agent();
  await Promise.all(pages.map((page) => page.write("hello")));
  const conversations = new Map<string, string>();
  while (conversations.size < pages.length) {
    for (const { id, address } of agent.conversations()) conversations.set(address, id);
    await delay(20);
  }
  for (const id of conversations.values()) agent.answer(id);
  return conversations;
}

async function writeAll(page: Page, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await page.write(String(n));
}

async function answerAll(emulator: Emulator, conversationId: string, count: number): Promise<void> {
  const agent = emulator.agent();
  for (let n = 0; n < count; n += 1) {
    agent.send(conversationId, String(n));
    await delay(5 + 10 * Math.random());
  }
}

const drainMs = 120_000;

async function drained(
  emulator: Emulator,
  pages: Page[],
  conversations: Map<string, string>,
  each: number,
): Promise<void> {
  const end = performance.now() + drainMs;
  while (performance.now() < end) {
    const isDone = pages.every((page) => {
      const all = emulator.agent().messages(conversations.get(page.contactId) ?? "");
      const outbound = all.filter(({ direction }) => direction === "outbound");
      const isReceipted = outbound.every(({ status }) => status === "delivery-success");
      return all.length - outbound.length >= each + 1 && page.shown.length >= each && isReceipted;
    });
    if (isDone) break;
    await delay(100);
  }
  // Whatever comes twice has time to come.
  await delay(2 * policy.settleMs);
}

/** Compares what arrived with what was written, and receipts with what the pages showed. */
async function judge(
  emulator: Emulator,
  pages: Page[],
  conversations: Map<string, string>,
  each: number,
): Promise<string[]> {
  const complaints: string[] = [];
  const numbers = Array.from({ length: each }, (_, n) => String(n));
  for (const page of pages) {
    const all = emulator.agent().messages(conversations.get(page.contactId) ?? "");
    const inbound = all.filter(({ direction }) => direction === "inbound");
    const outbound = all.filter(({ direction }) => direction === "outbound");
    const heard = inbound.map(({ normalizedMessage }) => normalizedMessage.text ?? "");
    complaints.push(...compare(`${page.contactId} to the agent`, heard, ["hello", ...numbers]));
    complaints.push(...compare(`the agent to ${page.contactId}`, page.shown, numbers));
    for (const { status, normalizedMessage } of outbound) {
      if (status === "delivery-success") continue;
      complaints.push(`the receipt of ${normalizedMessage.text} to ${page.contactId} says ${status}`);
    }
  }
  return complaints;
}

function compare(what: string, arrived: readonly string[], said: readonly string[]): string[] {
  const lost = said.filter((one) => !arrived.includes(one)).map((one) => `${what}: ${one} is lost`);
  const twice = arrived
    .filter((one, place) => arrived.indexOf(one) !== place)
    .map((one) => `${what}: ${one} came twice`);
  const isOrdered = arrived.every(
    (one, place) => place === 0 || said.indexOf(one) >= said.indexOf(arrived[place - 1] ?? ""),
  );
  return [...lost, ...twice, ...(isOrdered ? [] : [`${what}: out of order`])];
}
