// Sends messages to a gateway over so many connections, one after the other on each. Tells how many were answered 201.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Pool } from "undici";
import { settingsFromParent, tellParent } from "../torture/parent-process.ts";
import type { IntakeReady } from "./intake-process.ts";

/** What a load process is told. */
export interface LoadSettings {
  gateway: IntakeReady;
  connections: number;
  warmUpMs: number;
  durationMs: number;
}

const { gateway, connections, warmUpMs, durationMs } = settingsFromParent<LoadSettings>();
const { port, token, contactIds } = gateway;
const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 });
const body = JSON.stringify({
  type: "message",
  content: {
    type: "quick-reply",
    title: "Select a service department:",
    choices: [
      { label: "Sales", value: "dept_sales" },
      { label: "Support", value: "dept_support" },
      { label: "Billing", value: "dept_billing" },
    ],
  },
});
tellParent({ ready: true });
await once(process, "message");

const latencies: number[] = [];
let others = 0;
const startedAt = performance.now();
const countFrom = startedAt + warmUpMs;
const end = countFrom + durationMs;
await Promise.all(
  Array.from({ length: connections }, async (_, connection) => {
    for (let number = 0; performance.now() < end; number += 1) {
      await sendOne(contactIds[(connection + number * connections) % contactIds.length] ?? "");
    }
  }),
);
latencies.sort((one, other) => one - other);
const percentile = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
tellParent({
  perSecond: (latencies.length / durationMs) * 1000,
  p50Ms: percentile(0.5),
  p99Ms: percentile(0.99),
  others,
});

async function sendOne(contactId: string): Promise<void> {
  const from = performance.now();
  const answer = await pool.request({
    method: "POST",
    path: `/api/v2/conversations/messaging/contacts/${contactId}/messages`,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    },
    body,
  });
  await answer.body.dump();
  const to = performance.now();
  if (answer.statusCode !== 201) others += 1;
  else if (from >= countFrom && to <= end) latencies.push(to - from);
}
