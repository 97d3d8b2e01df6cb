import { webChannel } from "../../src/channels/web/web-channel.ts";
import { defaultDeliveryPolicy } from "../../src/delivery/delivery-policy.ts";
import { DeliveryWorker, type DeliveryWorld } from "../../src/delivery/delivery-worker.ts";
import type { Cloud } from "../../src/genesys-cloud/cloud.ts";
import type { LinkPolicy } from "../../src/genesys-cloud/link-policy.ts";
import { createTellingWorker } from "../../src/genesys-cloud/telling/telling-worker.ts";
import type { Store } from "../../src/store/store.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The one integration of every process. */
export const integration = { id: "integration", webhookSecrets: ["0123456789abcdef0"] };

const minute = 60_000;

/** Polls seldom: what is due is known, and each look is a turn of the loop. */
const notificationPolicy = { pollMs: minute, gatherMs: 250 };
const deliveryPolicy = { ...defaultDeliveryPolicy, pollMs: minute };

/** What a process stands on. */
export interface LinkProcessOptions {
  store: Store;
  cloud: Cloud;
  policy: LinkPolicy;
  time: VirtualTime;
  random: Random;
}

/** One gateway: it can be killed, and then nothing of it happens any more but what it has sent out. */
export function startLinkProcess({ store, cloud, policy, time, random }: LinkProcessOptions): () => void {
  let isDead = false;
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isDead) return new Promise(() => {});
    const settled = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (isDead) return new Promise(() => {});
    if ("error" in settled) throw settled.error;
    return settled.value;
  };
  const own = <Api extends object>(api: Api): Api =>
    new Proxy(api, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
        if (name === "onChange") return method;
        return (...input: unknown[]) => alive(() => method(...input));
      },
    });
  const { openMessaging, messages, conversations } = cloud;
  const world: DeliveryWorld = {
    monotonicNow: () => time.now,
    random: () => random.next(),
    sleep: (milliseconds, signal) => alive(() => sleepFor(time, milliseconds, signal)),
    timeout: (milliseconds) => {
      const controller = new AbortController();
      const cancel = time.schedule(milliseconds, () => controller.abort());
      return { signal: controller.signal, cancel };
    },
  };
  const onError = () => {};
  createTellingWorker({
    cloud: {
      openMessaging: own(openMessaging),
      messages: own(messages),
      conversations: own(conversations),
    },
    store: own(store),
    integrations: [integration],
    policy,
    notificationPolicy,
    world,
    now: () => time.now,
    onError,
  }).start();
  new DeliveryWorker({
    store: own(store),
    channels: [webChannel],
    policy: deliveryPolicy,
    world,
    onError,
  }).start();
  return () => {
    isDead = true;
  };
}

/** Sleeps in virtual time, until it is over or called off. */
export function sleepFor(time: VirtualTime, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = time.schedule(milliseconds, end);
    signal.addEventListener("abort", end);
  });
}
