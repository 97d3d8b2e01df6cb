import { OpenMessagingClient } from "@quickcard/client";
import { createClientRegistry } from "@quickcard/gateway";
import { createRandom, type Random } from "../test/simulator/random.ts";
import { CuttingProxy, type CuttingRule } from "./cutting-proxy.ts";
import { GatewayFleet, type StorePlace } from "./gateway-fleet.ts";
import { judge, type Verdict } from "./judge.ts";
import { openStore } from "./open-store.ts";
import { type Cleanups, placeStore } from "./place-store.ts";
import { Progress } from "./progress.ts";
import { drain } from "./read-reports.ts";
import type { Scenario } from "./scenario.ts";
import { sendAll } from "./send-all.ts";
import { tortureLateness, torturePolicy, tortureTraits } from "./torture-policy.ts";
import type { UpstreamCounts } from "./upstream/upstream.ts";
import { startUpstream, type UpstreamHandle } from "./upstream/upstream-handle.ts";
import { noUpstreamFaults, type UpstreamSettings } from "./upstream/upstream-settings.ts";
import { StalledError, type World } from "./world.ts";

/** How a scenario is run. */
export interface RunOptions {
  store: StorePlace["kind"];
  /** Of the sends and of the trouble. */
  scale: number;
  seed: number;
  /** The folder of PostgreSQL's programs. */
  postgresPrograms: string | undefined;
}

/** What came of a run. */
export interface RunResult {
  scenario: Scenario;
  store: StorePlace["kind"];
  sends: number;
  /** What was done, in words. */
  trouble: string;
  /** How many requests senders made beyond one for each send. */
  repeats: number;
  upstream: UpstreamCounts;
  verdict: Verdict;
  seconds: number;
  /** Gateways that ended by themselves. */
  deaths: readonly string[];
}

/** With fewer, a lane in doubt would hold up all the rest of a small run. */
const leastContacts = 100;

/** Starts a world, makes trouble in it, lets it drain and judges what came of it. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunResult> {
  const cleanups: Cleanups = [];
  try {
    return await run(scenario, options, cleanups);
  } finally {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  }
}

async function run(scenario: Scenario, options: RunOptions, cleanups: Cleanups): Promise<RunResult> {
  const random = createRandom(options.seed);
  const upstream = await startUpstream(upstreamSettings(scenario, options));
  cleanups.push(() => upstream.stop());
  const {
    fleet,
    postgres,
    proxies,
    clients,
    judging: client,
  } = await startGateways(scenario, options, {
    random,
    upstream,
    cleanups,
  });
  const contacts = scaled(scenario.contacts, options.scale, leastContacts);
  const sendsPerContact = Math.max(1, Math.round((scenario.sends * options.scale) / contacts));
  const contactIds: string[] = [];
  for (let index = 0; index < contacts; index += 1) {
    contactIds.push((await client.contacts.create({ channel: "web" })).id);
  }

  const startedAt = performance.now();
  const total = contacts * sendsPerContact;
  let answered = 0;
  let isSent = false;
  const progress = new Progress(2 * total, async () => answered + (await upstream.appliedCount()));
  const world: World = {
    fleet,
    postgres,
    proxies,
    random,
    scale: options.scale,
    progress: () => progress.read(),
    isSent: () => isSent,
  };
  const sending = sendAll({
    clients,
    contactIds,
    sendsPerContact,
    senders: scenario.senders,
    patienceMs: 120_000,
    onAnswered: () => {
      answered += 1;
    },
  }).finally(() => {
    isSent = true;
  });
  const [operations, trouble] = await Promise.all([sending, untilStalled(scenario.trouble(world))]);
  await upstream.change({ faults: noUpstreamFaults, closedShare: 0 });
  const reports = await drain(client, contactIds);
  const seconds = (performance.now() - startedAt) / 1000;
  const { log, counts } = await upstream.read();
  return {
    scenario,
    store: options.store,
    sends: operations.length,
    trouble,
    repeats: sum(operations, ({ requests }) => requests - 1),
    upstream: counts,
    verdict: judge({ operations, log, reports }),
    seconds,
    deaths: fleet.deaths,
  };
}

interface Surroundings {
  random: Random;
  upstream: UpstreamHandle;
  cleanups: Cleanups;
}

async function startGateways(scenario: Scenario, options: RunOptions, surroundings: Surroundings) {
  const { random, upstream, cleanups } = surroundings;
  const openProxy = async (port: number, rules: readonly CuttingRule[]) => {
    const scaledRules = rules.map((rule) => ({ ...rule, limit: scaled(rule.limit, options.scale) }));
    const proxy = new CuttingProxy({ host: "127.0.0.1", port }, scaledRules, () => random.next());
    cleanups.push(() => proxy.close());
    return { proxy, port: await proxy.open() };
  };
  const { store, postgres } = await placeStore(options, cleanups);
  const registry = createClientRegistry(await openStore(store), Date.now);
  const credentials = await registry.create({
    name: "torture",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
    tokenLifetimeSeconds: 86_400,
  });
  await registry.close();

  const proxies: CuttingProxy[] = [];
  let place = store;
  if (scenario.cutDatabase && place.kind === "postgres" && postgres) {
    const { proxy, port } = await openProxy(postgres.port, scenario.cutDatabase);
    proxies.push(proxy);
    place = { kind: "postgres", url: place.url.replace(`:${postgres.port}/`, `:${port}/`) };
  }
  const fleet = await GatewayFleet.start(options.store === "sqlite" ? 1 : scenario.gateways, {
    store: place,
    upstreamUrl: upstream.url,
    ...(scenario.upstream.echoes ? { echoesUrl: `${upstream.adminUrl}/echoes` } : {}),
    traits: tortureTraits,
    policy: torturePolicy,
  });
  cleanups.push(() => fleet.stop());

  const ports: number[] = [];
  for (const port of fleet.ports) {
    const opened = scenario.cutSenders && (await openProxy(port, scenario.cutSenders));
    if (opened) proxies.push(opened.proxy);
    ports.push(opened?.port ?? port);
  }
  const { clientId, clientSecret = "" } = credentials;
  const connect = (port: number | undefined, maxAttempts: number) =>
    new OpenMessagingClient({
      baseUrl: `http://127.0.0.1:${port}`,
      clientId,
      clientSecret,
      maxAttempts,
      attemptTimeoutMs: 5000,
      validate: false,
    });
  const clients = ports.map((port) => connect(port, 1));
  return { fleet, postgres, proxies, clients, judging: connect(fleet.ports[0], 10) };
}

function upstreamSettings(scenario: Scenario, { seed }: RunOptions): UpstreamSettings {
  return {
    seed,
    faults: noUpstreamFaults,
    closedShare: 0,
    serviceMs: [2, 30],
    slowMs: 1500,
    ...tortureLateness,
    echoes: 0,
    ...scenario.upstream,
  };
}

/** What the trouble came to, also where the run stalled: what is stuck is then judged. */
async function untilStalled(trouble: Promise<string>): Promise<string> {
  try {
    return await trouble;
  } catch (error) {
    if (error instanceof StalledError) return `ended early: ${error.message}`;
    throw error;
  }
}

function scaled(amount: number, scale: number, least = 1): number {
  return Math.max(least, Math.round(amount * scale));
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
