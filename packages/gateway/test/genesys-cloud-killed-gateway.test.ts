import { expect, test } from "vitest";
import { defaultLinkPolicy as policy } from "../src/genesys-cloud/link-policy.ts";
import { linkSubscription } from "../src/genesys-cloud/link-subscription.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { Store } from "../src/store/store.ts";
import { startLinkProcess } from "./simulator/link-process.ts";
import { createRandom } from "./simulator/random.ts";
import { noFaults, SimulatedCloud } from "./simulator/simulated-cloud.ts";
import { VirtualTime } from "./simulator/virtual-time.ts";

const second = 1000;
const contactIds = Array.from({ length: 40 }, (_, n) => `customer-${n}`);

/** Each customer has written once. */
async function write(store: Store, createdAt: number): Promise<void> {
  await store.insertSubscription(linkSubscription(createdAt), 1);
  for (const contactId of contactIds) {
    const contact = { id: contactId, conversationId: `c-${contactId}`, chatToken: `t-${contactId}` };
    const rest = { state: "active", channel: "web", createdAt, updatedAt: createdAt } as const;
    await store.insertContact({ ...contact, ...rest });
    const message = { id: `m-${contactId}`, contactId, clientMessageId: "1", createdAt };
    const content = { type: "text", text: "Hello" } as const;
    await store.acceptInbound({ ...message, direction: "inbound", status: "received", content });
  }
}

test("a gateway that is killed while it tells holds up the contacts that it was telling of, and no others", async () => {
  const time = new VirtualTime();
  const random = createRandom(1);
  const store = createMemoryStore(() => time.now);
  const cloud = new SimulatedCloud({
    time,
    random,
    faults: noFaults,
    echo: "after",
    latestMs: 0,
    post: () => {},
  });
  await write(store, time.now);
  const start = () => startLinkProcess({ store, cloud, policy, time, random });
  const heard = () => contactIds.filter((contactId) => cloud.transcript(contactId).length > 0);

  // Its requests are on their way, and none has been carried out.
  cloud.faults = { ...noFaults, requestLost: 1 };
  const kill = start();
  await time.run(50);
  kill();
  cloud.faults = noFaults;
  const held = contactIds.length - 16;
  start();

  await time.run(5 * second);
  expect(heard()).toHaveLength(held);

  await time.run(55 * second);
  expect(heard()).toHaveLength(contactIds.length);
  for (const contactId of contactIds) expect(cloud.transcript(contactId)).toHaveLength(1);
});
