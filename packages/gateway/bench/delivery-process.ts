// Delivers what a store has waiting: from the parent's message on, until its next. Tells how far it has come.
import { once } from "node:events";
import type { ChannelAdapter, ChannelTraits } from "#gateway/channels/channel.ts";
import { type DeliveryPolicy, defaultDeliveryPolicy } from "#gateway/delivery/delivery-policy.ts";
import { DeliveryWorker } from "#gateway/delivery/delivery-worker.ts";
import { systemWorld } from "#gateway/delivery/system-world.ts";
import type { Store } from "#gateway/store/store.ts";
import type { StorePlace } from "../torture/gateway-fleet.ts";
import { openStore } from "../torture/open-store.ts";
import { settingsFromParent, tellParent } from "../torture/parent-process.ts";
import { upstreamChannel } from "../torture/upstream/upstream-channel.ts";

/** What a delivery process is told. */
export interface DeliverySettings {
  store: StorePlace;
  /** Where to send to; a channel that takes everything at once where there is none. */
  upstreamUrl?: string;
  traits: ChannelTraits;
  policy: Partial<DeliveryPolicy>;
}

/** What a delivery process has done. */
export interface DeliveryFigures {
  delivered: number;
  /** How many messages came before an earlier one of their contact, as far as this process saw. */
  outOfOrder: number;
  /** When the last one of each contact with a single message was delivered. */
  singlesDoneAt: number;
  startedAt: number;
  lastAt: number;
  cpuMs: number;
  rssMb: number;
}

/** How often it tells how far it has come. */
const tellEveryMs = 20;

const settings = settingsFromParent<DeliverySettings>();
const figures = { delivered: 0, outOfOrder: 0, singlesDoneAt: 0, startedAt: 0, lastAt: 0 };
const policy = { ...defaultDeliveryPolicy, ...settings.policy };
const store = await openStore(settings.store);
const worker = new DeliveryWorker({
  store: counting(store),
  channels: [
    settings.upstreamUrl === undefined
      ? nullChannel(settings.traits)
      : upstreamChannel(settings.upstreamUrl, settings.traits, policy.maxInFlight),
  ],
  policy,
  world: systemWorld(),
  onError: (error, what) => process.stderr.write(`${what}: ${String(error)}\n`),
});
tellParent({ readyInMs: performance.now() });
await once(process, "message");
const before = process.cpuUsage();
figures.startedAt = Date.now();
worker.start();
const telling = setInterval(() => tellParent({ delivered: figures.delivered }), tellEveryMs);
await once(process, "message");
clearInterval(telling);
const used = process.cpuUsage(before);
const rssMb = process.memoryUsage.rss() / 2 ** 20;
await worker.stop();
await store.close();
tellParent({ ...figures, cpuMs: (used.user + used.system) / 1000, rssMb } satisfies DeliveryFigures);

function counting(original: Store): Store {
  return new Proxy(original, {
    get(target, name) {
      if (name !== "settle") return Reflect.get(target, name).bind(target);
      return async (settlement: Parameters<Store["settle"]>[0]) => {
        const isTaken = await target.settle(settlement);
        if (!isTaken || settlement.decision.status !== "sent") return isTaken;
        figures.delivered += 1;
        figures.lastAt = Date.now();
        if (settlement.claim.contact.displayName === "single") figures.singlesDoneAt = figures.lastAt;
        return isTaken;
      };
    },
  });
}

/** Takes everything at once, and looks only whether it comes in order. */
function nullChannel(traits: ChannelTraits): ChannelAdapter {
  const lastNumbers = new Map<string, number>();
  return {
    name: "web",
    traits,
    async send({ contact, message }) {
      const number = Number(message.metadata?.number);
      if (number < (lastNumbers.get(contact.id) ?? -1)) figures.outOfOrder += 1;
      lastNumbers.set(contact.id, number);
      return { kind: "applied" };
    },
  };
}
