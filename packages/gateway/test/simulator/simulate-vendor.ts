import { randomUUID } from "node:crypto";
import type { Content, DeliveryMode } from "@quickcard/client";
import type { ChannelAdapter } from "../../src/channels/channel.ts";
import type { ChannelHttp } from "../../src/channels/channel-http.ts";
import { takeNews } from "../../src/channels/take-news.ts";
import { defaultDeliveryPolicy } from "../../src/delivery/delivery-policy.ts";
import { unfinished } from "../../src/delivery/message-state.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { ContactRecord } from "../../src/store/records.ts";
import type { Store } from "../../src/store/store.ts";
import { disturb } from "./disturb.ts";
import { chooseNetworkRates, FaultyNetwork, type NetworkRates, noNetworkFaults } from "./faulty-network.ts";
import { type AcceptedContent, type BubbleVerdict, judgeBubbles } from "./judge-bubbles.ts";
import { SimulatedProcess } from "./process.ts";
import { createRandom, type Random } from "./random.ts";
import { type SimulatedName, type SimulatedVendor, simulatedVendors } from "./simulated-vendor.ts";
import { VirtualTime } from "./virtual-time.ts";

/** What a test may change to see whether the simulator finds it out. */
export interface VendorPlant {
  store?: (store: Store) => Store;
  adapter?: (adapter: ChannelAdapter) => ChannelAdapter;
  http?: (http: ChannelHttp) => ChannelHttp;
  mode?: DeliveryMode;
  /** Weather in which the fault shows soon. */
  rates?: Partial<NetworkRates>;
  /** How often a process is frozen just after a call. */
  freezes?: number;
}

/** How long the troubles last. */
const troubleMs = 3 * 60_000;

/** Longer than a claim holds. */
const longestFreezeMs = 180_000;

/** How long after them everything must have come to an end: every lease, settling time and search included. */
const drainMs = 60 * 60_000;

/** Virtual time begins at an instant that vendors can tell of. */
const epoch = Date.UTC(2026, 10, 1);

/**
 * Runs one world from its seed: the real adapter of a channel and the stand-in of its vendor, between them a network and
 * processes that do all that networks and processes do, and messages of one and of many parts.
 */
export async function simulateVendor(
  vendor: SimulatedName,
  seed: number,
  plant: VendorPlant = {},
): Promise<BubbleVerdict> {
  const random = createRandom(seed);
  const time = new VirtualTime();
  const now = () => epoch + time.now;
  const original = createMemoryStore(now);
  const store = plant.store ? plant.store(original) : original;
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      time.schedule(milliseconds, resolve);
    });
  let contacts: ContactRecord[] = [];
  let deliver: (request: Request) => Promise<Response> = async () => new Response("", { status: 503 });
  const simulated = simulatedVendors[vendor]({ now, sleep: wait, deliver: (request) => deliver(request) });
  const network = new FaultyNetwork({
    time,
    random,
    rates: { ...chooseNetworkRates(random), ...plant.rates },
    standIn: simulated.standIn,
  });
  const createAdapter = (http: ChannelHttp) => {
    const adapter = simulated.createAdapter(plant.http?.(http) ?? http, now);
    return plant.adapter?.(adapter) ?? adapter;
  };
  const intake = createAdapter({
    post: () => Promise.reject(new Error("it only takes")),
    close: async () => {},
  });
  deliver = webhookIntake(intake, {
    store,
    now,
    random,
    wait,
    isTrouble: () => contacts.length > 0 && time.now < troubleMs,
  });

  // The handshake and the customers' first words take their time.
  void open(simulated, store, intake).then((found) => {
    contacts = found;
  });
  await time.run(troubleMs, () => contacts.length > 0);
  const { longText } = simulated;
  const accepted = offer({ time, random, store, intake, now, longText }, contacts, plant.mode ?? "reconcile");
  const start = () =>
    new SimulatedProcess(
      {
        store,
        channel: (through) => createAdapter(network.connect(through)),
        policy: { ...defaultDeliveryPolicy, maxInFlight: 8 },
        freezesAfterCall: () => (time.now < troubleMs ? (plant.freezes ?? 0.01) : 0),
        longestFreezeMs,
      },
      time,
      random,
    );
  disturb({ time, random, troubleMs, longestFreezeMs }, start);

  await time.run(troubleMs);
  network.rates = noNetworkFaults;
  for (let end = troubleMs; end <= troubleMs + drainMs && !(await isDrained(original, accepted)); ) {
    end += 10_000;
    await time.run(end);
  }
  // What the vendor has still to tell, of failures above all, belongs to the truth.
  let isTold = false;
  void simulated.standIn.settled().then(() => {
    isTold = true;
  });
  await time.run(time.now + drainMs, () => isTold);
  return judgeBubbles({ seed, vendor, simulated, store: original, accepted });
}

/** Takes the vendor's webhooks as a gateway does; they may be slow, fail, or be taken and not answered. */
function webhookIntake(
  { webhook, name }: ChannelAdapter,
  world: {
    store: Store;
    now: () => number;
    random: Random;
    wait: (milliseconds: number) => Promise<void>;
    isTrouble: () => boolean;
  },
) {
  const { store, now, random, wait, isTrouble } = world;
  const delayMs = () => {
    if (isTrouble() && random.chance(0.02)) return random.integer(30_000, 150_000);
    return random.integer(1, random.chance(0.1) ? 5000 : 60);
  };
  return async (request: Request): Promise<Response> => {
    if (request.method === "GET") {
      return new Response(webhook?.shakeHands?.(new URL(request.url).searchParams));
    }
    await wait(delayMs());
    if (isTrouble() && random.chance(0.05)) return new Response("", { status: 503 });
    const read = webhook?.read(new Uint8Array(await request.arrayBuffer()), request.headers);
    if (!read?.ok) return new Response("", { status: 401 });
    await takeNews(store, name, read.news, now);
    if (isTrouble() && random.chance(0.05)) throw new Error("the answer is lost");
    return Response.json(read.answer ?? {});
  };
}

/** Customers write, and so become contacts whose window is open. */
async function open(
  { standIn, subscribe, addresses }: SimulatedVendor,
  store: Store,
  { name }: ChannelAdapter,
) {
  await subscribe();
  for (const address of addresses) standIn.customer(address, "Ada").type("Hello");
  await standIn.settled();
  const found = await Promise.all(addresses.map((address) => store.findContactByAddress(name, address)));
  return found.flatMap((contact) => contact ?? []);
}

interface OfferWorld {
  time: VirtualTime;
  random: Random;
  store: Store;
  intake: ChannelAdapter;
  now: () => number;
  longText: number;
}

/** Lets contacts' messages come in over time, in bursts. What was accepted stands in the list, in the order of the answers. */
function offer(
  { time, random, store, intake, now, longText }: OfferWorld,
  contacts: readonly ContactRecord[],
  mode: DeliveryMode,
): AcceptedContent[] {
  const accepted: AcceptedContent[] = [];
  let messages = 0;
  for (const contact of contacts) {
    for (let count = random.integer(1, 6); count > 0; count -= 1) {
      messages += 1;
      const content = chooseContent(messages, random, longText);
      // Customers may have taken their time to become contacts; all is offered while the troubles last.
      const latestMs = troubleMs - time.now;
      time.schedule(random.chance(0.5) ? random.integer(0, 50) : random.integer(0, latestMs), () => {
        const id = randomUUID();
        const plan = intake.plan?.({
          messageId: id,
          content,
          adaptation: undefined,
          contact,
          deliverAt: now(),
        });
        if (plan?.kind !== "planned") throw new Error(`nothing was planned: ${JSON.stringify(plan)}`);
        const { rendering } = plan;
        const message = {
          id,
          contactId: contact.id,
          direction: "outbound",
          status: "queued",
          content,
          mode,
          createdAt: now(),
          expiresAt: now() + 24 * 3_600_000,
        } as const;
        void store.acceptMessage(message, undefined, rendering).then((answer) => {
          if (answer.kind !== "created") return;
          accepted.push({
            id,
            contactId: contact.id,
            address: contact.address ?? "",
            parts: rendering.parts,
          });
        });
      });
    }
  }
  return accepted;
}

/** A content of one or many parts, of which no two bubbles are the same anywhere. */
function chooseContent(number: number, random: Random, longText: number): Content {
  const image = { url: `https://example.com/${number}.png`, altText: `Picture ${number}` };
  return random.pick<() => Content>([
    () => ({ type: "text", text: `Message ${number}` }),
    () => ({ type: "text", text: wordsOf(number, random.integer(longText / 6, longText)) }),
    () => ({ type: "image", ...image, caption: `Caption ${number}` }),
    () => ({
      type: "carousel",
      cards: Array.from({ length: random.integer(2, 6) }, (_, card) => ({
        title: `Card ${number}/${card}`,
        image: { url: `https://example.com/${number}/${card}.png`, altText: "A picture" },
        actions: [{ type: "postback", title: "Choose", payload: `choose_${number}_${card}` }],
      })),
    }),
  ])();
}

function wordsOf(number: number, count: number): string {
  return Array.from({ length: count }, (_, word) => `w${number}x${word}`).join(" ");
}

async function isDrained(store: Store, accepted: readonly AcceptedContent[]): Promise<boolean> {
  for (const { id, contactId } of accepted) {
    const message = await store.findMessage(contactId, id);
    if (message?.direction === "outbound" && unfinished.includes(message.status)) return false;
  }
  return true;
}
