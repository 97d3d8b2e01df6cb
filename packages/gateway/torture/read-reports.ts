import { setTimeout as delay } from "node:timers/promises";
import type { OpenMessagingClient, OutboundMessage } from "@quickcard/client";
import { unfinished } from "#gateway/delivery/message-state.ts";
import type { MessageReport } from "./judge.ts";
import { stallMs } from "./progress.ts";

/** How many messages are read one by one, for every status that they have had. */
const examined = 500;

const atOnce = 8;

type Reports = Map<string, MessageReport[]>;

/** Waits until everything is finished, or nothing goes on any more, and reads what the gateway says of each message. */
export async function drain(client: OpenMessagingClient, contactIds: readonly string[]): Promise<Reports> {
  let changedAt = performance.now();
  let waiting = Number.POSITIVE_INFINITY;
  for (;;) {
    const reports = await readReports(client, contactIds);
    const now = [...reports.values()].flat().filter(({ status }) => unfinished.includes(status)).length;
    if (now !== waiting) changedAt = performance.now();
    waiting = now;
    if (waiting === 0 || performance.now() - changedAt > stallMs) return await examine(client, reports);
    await delay(500);
  }
}

async function readReports(client: OpenMessagingClient, contactIds: readonly string[]): Promise<Reports> {
  const reports: Reports = new Map();
  await forEach(contactIds, async (contactId) => {
    const history: MessageReport[] = [];
    for await (const message of client.messages.listAll(contactId, { pageSize: 100 })) {
      history.push(toReport(message as OutboundMessage));
    }
    reports.set(contactId, history);
  });
  return reports;
}

/** Reads every status of an even choice of the messages. */
async function examine(client: OpenMessagingClient, reports: Reports): Promise<Reports> {
  const all = [...reports].flatMap(([contactId, history]) =>
    history.map((report) => ({ contactId, report })),
  );
  const step = Math.max(1, Math.floor(all.length / examined));
  const chosen = all.filter((_, index) => index % step === 0);
  await forEach(chosen, async ({ contactId, report }) => {
    const message = (await client.messages.get(contactId, report.id)) as OutboundMessage;
    report.statuses = message.statuses?.map(({ status }) => status) ?? [];
  });
  return reports;
}

function toReport({ id, content, status }: OutboundMessage): MessageReport {
  return { id, status, text: content.type === "text" ? content.text : "" };
}

async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const workers = Array.from({ length: atOnce }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}
