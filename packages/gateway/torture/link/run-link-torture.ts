import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { OpenMessagingClient } from "@quickcard/client";
import { createEmulator, type Emulator } from "@quickcard/emulator";
import { openClientRegistry } from "@quickcard/gateway";
import { freePort } from "../../../../testing/free-port.ts";
import { startScript } from "../child-process.ts";
import type { StorePlace } from "../gateway-fleet.ts";
import { type Cleanups, placeStore } from "../place-store.ts";
import { Progress } from "../progress.ts";
import { StalledError } from "../world.ts";
import { openPage } from "./customer-page.ts";
import { isReceipted, judgeLink, type Pair, type Said } from "./judge-link.ts";
import type { LinkGatewaySettings } from "./link-gateway-process.ts";
import { linkTorturePolicy, setLinkFaults, webhookTorturePolicy } from "./link-torture-policy.ts";
import { SharedProgress } from "./shared-progress.ts";

/** How much is asked of the link. */
export interface LinkTorture {
  store: StorePlace["kind"];
  /** The folder of PostgreSQL's programs. */
  postgresPrograms: string | undefined;
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

/** How far what is written may be ahead of what has arrived: writing lasts as long as the killing. */
const aheadShare = 0.1;

/** After every so many messages the agent's bot says something that no channel can show. */
const showableInARow = 10;

/** Customers and an agent write to each other through a gateway that is killed again and again, over an unreliable platform. */
export async function runLinkTorture(torture: LinkTorture): Promise<LinkTortureResult> {
  const cleanups: Cleanups = [];
  try {
    return await run(torture, cleanups);
  } finally {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  }
}

async function run(torture: LinkTorture, cleanups: Cleanups): Promise<LinkTortureResult> {
  const { customers, kills } = torture;
  const startedAt = performance.now();
  const emulator = await createEmulator({
    rateLimitPerMinute: 1_000_000_000,
    webhookPolicy: webhookTorturePolicy,
  });
  cleanups.push(() => emulator.close());
  await emulator.listen({ port: 0 });
  const { store } = await placeStore(torture, cleanups);
  const settings = await linkSettings(emulator, store, cleanups);
  const restart = await startGateway(settings, cleanups);
  const pairs = await meet(emulator, await openPages(store, settings.port, customers));
  const each = Math.floor(torture.messages / customers);
  const numbers = Array.from({ length: each }, (_, n) => String(n));
  const total = 2 * each * customers;
  const counted = new Progress(total, async () => arrived(emulator, pairs) - customers);
  const progress = new SharedProgress(counted);

  setLinkFaults(emulator.faults);
  const watching = new AbortController();
  const reading = Promise.all(pairs.map(({ page }) => page.read(watching.signal)));
  const work = Promise.all([
    ...pairs.map(({ page }) => writeAll(numbers, progress, (text) => page.write(text))),
    ...pairs.map(({ conversationId }) =>
      writeAll(numbers, progress, async (text, at) => agentSays(emulator, conversationId, text, at)),
    ),
    killAll(kills, progress, restart),
  ]);
  await untilStalled(work.then(() => untilDone(emulator, pairs, progress)));
  // Whatever comes twice has time to come.
  await delay(2 * linkTorturePolicy.settleMs);
  emulator.faults.clear();
  watching.abort();
  await reading;
  const said: Said = { byCustomer: ["hello", ...numbers], byAgent: numbers };
  const complaints = await judgeLink(emulator, pairs, said);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { complaints, toGenesysCloud: each * customers, toCustomers: each * customers, kills, seconds };
}

async function linkSettings(
  emulator: Emulator,
  store: StorePlace,
  cleanups: Cleanups,
): Promise<LinkGatewaySettings> {
  const spoolDirectory = mkdtempSync(join(tmpdir(), "quickcard-torture-spool-"));
  cleanups.push(() => rmSync(spoolDirectory, { recursive: true, force: true }));
  const port = await freePort();
  const { id: clientId, secret: clientSecret } = emulator.createClient();
  const id = emulator.createIntegration({
    name: "Torture",
    outboundNotificationWebhookUrl: `http://127.0.0.1:${port}/genesys-cloud/webhook`,
    outboundNotificationWebhookSignatureSecretToken: secret,
  });
  const cloud = { baseUrl: emulator.url, loginUrl: emulator.loginUrl, clientId, clientSecret };
  const integrations = [{ id, webhookSecrets: [secret] }];
  return {
    port,
    store,
    genesysCloud: { cloud, integrations, spoolDirectory, policy: linkTorturePolicy },
  };
}

/** Starts the gateway; returns what kills it and starts another in its place. */
async function startGateway(settings: LinkGatewaySettings, cleanups: Cleanups): Promise<() => Promise<void>> {
  const script = new URL("./link-gateway-process.ts", import.meta.url);
  let gateway = await startScript<{ port: number }>(script, settings);
  cleanups.push(() => gateway.end("SIGKILL"));
  return async () => {
    await gateway.end("SIGKILL");
    gateway = await startScript<{ port: number }>(script, settings);
  };
}

async function openPages(store: StorePlace, port: number, count: number) {
  const registry = openClientRegistry(store.kind === "sqlite" ? store.directory : { database: store.url });
  const scopes = ["conversations:write"];
  const { clientId, clientSecret = "" } = await registry.create({ name: "torture", scopes });
  await registry.close();
  const client = new OpenMessagingClient({ baseUrl: `http://127.0.0.1:${port}`, clientId, clientSecret });
  const pages = await Promise.all(Array.from({ length: count }, () => openPage(client)));
  await client.close();
  return pages;
}

/** Each customer says hello, and the agent takes each conversation. */
async function meet(emulator: Emulator, pages: Awaited<ReturnType<typeof openPages>>): Promise<Pair[]> {
  const agent = emulator.agent();
  await Promise.all(pages.map((page) => page.write("hello")));
  const conversations = new Map<string, string>();
  while (conversations.size < pages.length) {
    for (const { id, address } of agent.conversations()) conversations.set(address, id);
    await delay(20);
  }
  for (const id of conversations.values()) agent.answer(id);
  return pages.map((page) => ({ page, conversationId: conversations.get(page.contactId) ?? "" }));
}

/** Says all, one after the other, as far as others come along. */
async function writeAll(
  texts: readonly string[],
  progress: SharedProgress,
  say: (text: string, at: number) => Promise<void>,
): Promise<void> {
  for (const [at, text] of texts.entries()) {
    await progress.reaches(at / texts.length - aheadShare);
    await say(text, at);
  }
}

function agentSays(emulator: Emulator, conversationId: string, text: string, at: number): void {
  const agent = emulator.agent();
  agent.send(conversationId, text);
  if (at % showableInARow !== showableInARow - 1) return;
  const content = [{ contentType: "Reactions", reactions: [{ count: 1 }] }];
  agent.sendAsBot(conversationId, { type: "Structured", content } as never);
}

async function killAll(kills: number, progress: SharedProgress, restart: () => Promise<void>): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await progress.reaches((kill + Math.random()) / (kills + 1));
    await restart();
  }
}

/** Until everything has arrived, and Genesys Cloud knows so. */
async function untilDone(
  emulator: Emulator,
  pairs: readonly Pair[],
  progress: SharedProgress,
): Promise<void> {
  await progress.reaches(1);
  const end = performance.now() + receiptsMs;
  const areReceipted = () =>
    pairs.every(({ conversationId }) => emulator.agent().messages(conversationId).every(isReceipted));
  while (!areReceipted() && performance.now() < end) await delay(100);
}

const receiptsMs = 45_000;

function arrived(emulator: Emulator, pairs: readonly Pair[]): number {
  const agent = emulator.agent();
  return pairs.reduce((sum, { page, conversationId }) => {
    const heard = agent.messages(conversationId).filter(({ direction }) => direction === "inbound");
    return sum + heard.length + page.shown;
  }, 0);
}

/** What is stuck is judged. */
async function untilStalled(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof StalledError)) throw error;
  });
}
