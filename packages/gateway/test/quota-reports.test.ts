import { expect, test } from "vitest";
import type { ChannelAdapter } from "../src/channels/channel.ts";
import { defaultDeliveryPolicy } from "../src/delivery/delivery-policy.ts";
import { DeliveryWorker } from "../src/delivery/delivery-worker.ts";
import type { SendOutcome } from "../src/delivery/send-outcome.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { PaceReport, Store } from "../src/store/store.ts";
import { VirtualTime } from "./simulator/virtual-time.ts";

/** Delivers messages, ten milliseconds each, with these answers, and tells what the store was told of the pace. */
async function reportsOf(messages: number, answer: (number: number) => SendOutcome): Promise<PaceReport[]> {
  const time = new VirtualTime();
  const original = createMemoryStore(() => time.now);
  const reports: PaceReport[] = [];
  const reportPace: Store["reportPace"] = async (channel, pace, report) => {
    reports.push(report);
    await original.reportPace(channel, pace, report);
  };
  const wait = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const cancel = time.schedule(milliseconds, resolve);
      signal?.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  await original.insertContact({
    id: "ada",
    conversationId: "conversation",
    state: "active",
    channel: "web",
    chatToken: "chat",
    createdAt: 0,
    updatedAt: 0,
  });
  for (let number = 0; number < messages; number += 1) {
    await original.acceptMessage({
      id: `message-${number}`,
      contactId: "ada",
      direction: "outbound",
      status: "queued",
      content: { type: "text", text: "Hello" },
      mode: "reconcile",
      createdAt: 0,
      expiresAt: 3_600_000,
    });
  }
  let sent = 0;
  const channel: ChannelAdapter = {
    name: "web",
    traits: { repeat: "unsafe", evidence: true, requestTimeoutMs: 1000, settleMs: 2000 },
    async send() {
      await wait(10);
      sent += 1;
      return answer(sent);
    },
  };
  const worker = new DeliveryWorker({
    store: { ...original, reportPace },
    channels: [channel],
    policy: defaultDeliveryPolicy,
    world: {
      monotonicNow: () => time.now,
      sleep: wait,
      timeout: () => ({ signal: new AbortController().signal, cancel: () => undefined }),
      random: () => 0,
    },
    onError: (error) => {
      throw error;
    },
  });
  worker.start();
  await time.run(60_000, () => sent >= messages);
  const stopped = worker.stop();
  await time.run(120_000);
  await stopped;
  return reports;
}

const quota = { count: 1, allowed: 300, resetMs: 60_000 };

test("tells the store of a quota ten times a second at the most, however many answers tell it", async () => {
  const reports = await reportsOf(100, () => ({ kind: "applied", quota }));

  expect(reports.length).toBeGreaterThan(5);
  expect(reports.length).toBeLessThanOrEqual(11);
  expect(reports[0]).toEqual({ quota });
});

test("tells the store of every pause at once, also where the quota was told a moment ago", async () => {
  const reports = await reportsOf(5, (number) =>
    number < 3
      ? { kind: "applied", quota }
      : { kind: "not-applied", reason: "429", permanent: true, pauseMs: 50, quota },
  );

  expect(reports.filter(({ pauseMs }) => pauseMs === 50)).toHaveLength(3);
});
