import { setTimeout as delay } from "node:timers/promises";
import { OpenMessagingClient } from "@quickcard/client";
import { type Fault, faults } from "@quickcard/emulator/vendors";
import { openClientRegistry } from "@quickcard/gateway";
import { freePort } from "../../../../testing/free-port.ts";
import { createRandom, type Random } from "../../test/simulator/random.ts";
import { startScript } from "../child-process.ts";
import type { StorePlace } from "../gateway-fleet.ts";
import { type Cleanups, placeStore } from "../place-store.ts";
import { drain } from "../read-reports.ts";
import { sendAll } from "../send-all.ts";
import { judgeVendor, type VendorVerdict } from "./judge-vendor.ts";
import {
  type RunningVendor,
  type TorturedVendor,
  type TorturedVendorName,
  torturedVendors,
} from "./tortured-vendors.ts";
import type { VendorGatewaySettings } from "./vendor-gateway-process.ts";
import { wordsOf } from "./words.ts";

/** How much is asked of an adapter. */
export interface VendorTorture {
  vendor: TorturedVendorName;
  store: StorePlace["kind"];
  /** The folder of PostgreSQL's programs. */
  postgresPrograms: string | undefined;
  /** Over all customers. */
  messages: number;
  customers: number;
  /** How often the gateway is killed and started again meanwhile. */
  kills: number;
  seed: number;
}

/** What it came to. */
export interface VendorTortureResult extends VendorVerdict {
  messages: number;
  kills: number;
  seconds: number;
}

/** One in so many sends goes wrong at the vendor. */
const faultEvery = 12;

/** Sends messages of one and of several parts through a gateway that is killed again and again, to a vendor that errs. */
export async function runVendorTorture(torture: VendorTorture): Promise<VendorTortureResult> {
  const cleanups: Cleanups = [];
  try {
    return await run(torture, cleanups);
  } finally {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  }
}

async function run(torture: VendorTorture, cleanups: Cleanups): Promise<VendorTortureResult> {
  const startedAt = performance.now();
  const vendor: TorturedVendor = torturedVendors[torture.vendor];
  const random = createRandom(torture.seed);
  // A webhook that was not taken comes again for longer than a gateway is away.
  const running = await vendor.start({
    now: Date.now,
    sleep: async (waitMs) => void (await delay(Math.min(waitMs, 1000))),
  });
  const { standIn, url: vendorUrl } = running;
  cleanups.push(() => running.close());
  const { store } = await placeStore(torture, cleanups);
  const port = await freePort();
  const restart = await startGateway({ port, store, vendor: torture.vendor, vendorUrl }, cleanups);
  const client = await connect(store, port);
  await running.subscribe(`http://127.0.0.1:${port}/channels/${torture.vendor}/webhook`);
  const contacts = await meet(standIn, client, vendor, torture.customers);

  standIn.fault(...chooseFaults(random, torture.messages * 2));
  const sendsPerContact = Math.round(torture.messages / torture.customers);
  let answered = 0;
  const sending = sendAll({
    clients: [client],
    contactIds: contacts.map(({ id }) => id),
    sendsPerContact,
    senders: 8,
    patienceMs: 120_000,
    textOf: wordsOf,
    onAnswered: () => {
      answered += 1;
    },
  });
  const isAt = (share: number) => {
    const total = 2 * sendsPerContact * contacts.length;
    return answered + Math.min(standIn.received().length, total / 2) >= share * total;
  };
  const killing = killAll(torture.kills, random, isAt, restart);
  const [operations] = await Promise.all([sending, killing]);
  const reports = await drain(
    client,
    contacts.map(({ id }) => id),
  );
  const verdict = judgeVendor({
    operations,
    reports,
    contacts,
    received: standIn.received(),
    clearsUp: vendor.clearsUp,
  });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { ...verdict, messages: operations.length, kills: torture.kills, seconds };
}

/** Starts the gateway; returns what kills it and starts another in its place. */
async function startGateway(
  settings: VendorGatewaySettings,
  cleanups: Cleanups,
): Promise<() => Promise<void>> {
  const script = new URL("./vendor-gateway-process.ts", import.meta.url);
  let gateway = await startScript<{ port: number }>(script, settings);
  cleanups.push(() => gateway.end("SIGKILL"));
  return async () => {
    await gateway.end("SIGKILL");
    gateway = await startScript<{ port: number }>(script, settings);
  };
}

async function connect(store: StorePlace, port: number): Promise<OpenMessagingClient> {
  const registry = openClientRegistry(store.kind === "sqlite" ? store.directory : { database: store.url });
  const scopes = ["messages:send", "conversations:read"];
  const { clientId, clientSecret = "" } = await registry.create({ name: "torture", scopes });
  await registry.close();
  const baseUrl = `http://127.0.0.1:${port}`;
  return new OpenMessagingClient({ baseUrl, clientId, clientSecret, maxAttempts: 10 });
}

/** Customers write, and so become contacts. */
async function meet(
  standIn: RunningVendor["standIn"],
  client: OpenMessagingClient,
  { addressOf }: TorturedVendor,
  customers: number,
): Promise<{ id: string; address: string }[]> {
  for (let customer = 0; customer < customers; customer += 1)
    standIn.customer(addressOf(customer)).type("Hello");
  await standIn.settled();
  const contacts: { id: string; address: string }[] = [];
  for await (const { id, address = "" } of client.contacts.listAll()) contacts.push({ id, address });
  return contacts;
}

function chooseFaults(random: Random, count: number): Fault[] {
  const troubles = faults.filter((fault) => fault !== "none" && fault !== "fail-later") as [
    Fault,
    ...Fault[],
  ];
  return Array.from({ length: count }, () =>
    random.chance(1 / faultEvery) ? random.pick(troubles) : "none",
  );
}

async function killAll(
  kills: number,
  random: Random,
  isAt: (share: number) => boolean,
  restart: () => Promise<void>,
): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    const share = (kill + random.next()) / (kills + 1);
    while (!isAt(share)) await delay(5);
    await restart();
  }
}
