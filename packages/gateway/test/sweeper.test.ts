import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { Store } from "../src/store/store.ts";
import { startSweeper, sweep } from "../src/sweeper.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A store with finished messages of two days ago and of today, and one that waits. */
async function startWithMessages(
  old: number,
): Promise<{ store: Store; contactId: string; time: { now: number } }> {
  const time = { now: Date.parse("2026-11-22T12:00:00Z") };
  const store = createMemoryStore(() => time.now);
  const contactId = randomUUID();
  const createdAt = time.now;
  await store.insertContact({
    id: contactId,
    conversationId: randomUUID(),
    state: "active",
    channel: "web",
    chatToken: randomUUID(),
    createdAt,
    updatedAt: createdAt,
  });
  const accept = (sendAt?: number) =>
    store.acceptMessage({
      id: randomUUID(),
      contactId,
      direction: "outbound",
      status: "queued",
      content: { type: "text", text: "Hello" },
      mode: "reconcile",
      ...(sendAt === undefined ? {} : { sendAt }),
      expiresAt: time.now + 30 * dayMs,
      createdAt: time.now,
    });
  const deliver = async () => {
    const { claims } = await store.claim({ channel: "web", limit: 1, leaseMs: 60_000 });
    for (const claim of claims) await store.settle({ claim, decision: { status: "sent" } });
  };
  for (let index = 0; index < old; index += 1) {
    await accept();
    await deliver();
  }
  time.now += 2 * dayMs;
  await accept(time.now + dayMs);
  await accept();
  await deliver();
  return { store, contactId, time };
}

const noSleep = { sleep: async () => {} };

test("removes messages that were finished before the time for which they are kept, however many there are", async () => {
  const { store, contactId, time } = await startWithMessages(450);
  const slept: number[] = [];
  const world = { sleep: async (milliseconds: number) => void slept.push(milliseconds) };

  await sweep({ store, retentionMs: dayMs, now: () => time.now, world }, new AbortController().signal);

  const left = await store.listMessages(contactId, { order: "oldest-first", limit: 1000 });
  expect(left.map(({ status }) => status)).toEqual(["queued", "sent"]);
  // A rest after each full step: nobody waits behind the whole of it.
  expect(slept).toHaveLength(2);
});

test("keeps messages for ever where no time is set", async () => {
  const { store, contactId, time } = await startWithMessages(3);

  await sweep(
    { store, retentionMs: undefined, now: () => time.now + 1000 * dayMs, world: noSleep },
    new AbortController().signal,
  );

  expect(await store.listMessages(contactId, { order: "oldest-first", limit: 10 })).toHaveLength(5);
});

test("goes on after the store was away, and stops between two steps", async () => {
  const errors: string[] = [];
  let sweeps = 0;
  await new Promise<void>((resolve) => {
    const sweeper = startSweeper({
      store: {
        removeExpired: async () => {
          sweeps += 1;
          if (sweeps === 1) throw new Error("away");
          void sweeper.stop().then(resolve);
          return true;
        },
        removeFinished: async () => 0,
      },
      retentionMs: undefined,
      now: () => 0,
      world: noSleep,
      onError: (_, what) => errors.push(what),
    });
  });

  expect([sweeps, errors]).toEqual([2, ["what has expired stays for now"]]);
});
