// The least that a program does that takes messages from the gateway's own tables in PostgreSQL, in order for each
// contact: a claim and an acknowledgement for each batch, nothing recorded. Begins with the parent's message.
import { once } from "node:events";
import pg from "pg";
import { settingsFromParent, tellParent } from "../torture/parent-process.ts";
import type { DeliveryFigures, DeliverySettings } from "./delivery-process.ts";

const batch = 256;

const claim = `
  WITH due AS (
    SELECT contact_id FROM quickcard.lanes WHERE channel = 'web' AND due_at <= $1
    ORDER BY due_at LIMIT ${batch} FOR UPDATE SKIP LOCKED),
  heads AS (
    SELECT due.contact_id, head.seq FROM due CROSS JOIN LATERAL (
      SELECT seq FROM quickcard.deliveries
      WHERE contact_id = due.contact_id AND status = 'queued' AND send_at IS NULL ORDER BY position LIMIT 1) AS head),
  leased AS (
    UPDATE quickcard.lanes l SET head_seq = h.seq, is_leased = true, epoch = l.epoch + 1, due_at = $1 + 60000
    FROM heads h WHERE l.contact_id = h.contact_id RETURNING h.contact_id, h.seq)
  SELECT leased.contact_id, leased.seq, m.id, m.content, m.metadata
  FROM leased JOIN quickcard.messages m ON m.seq = leased.seq`;

const acknowledge = `
  WITH sent AS (
    UPDATE quickcard.deliveries SET status = 'sent', finished_at = $2 WHERE seq = ANY ($1) RETURNING contact_id)
  UPDATE quickcard.lanes l SET head_seq = NULL, is_leased = false, due_at = (
    SELECT $2::bigint FROM quickcard.deliveries d
    WHERE d.contact_id = l.contact_id AND d.status = 'queued' AND d.send_at IS NULL AND d.seq <> ALL ($1) LIMIT 1)
  FROM sent WHERE l.contact_id = sent.contact_id`;

const { store } = settingsFromParent<DeliverySettings>();
if (store.kind !== "postgres") throw new Error("the loop is written for PostgreSQL");
const client = new pg.Client(store.url);
await client.connect();
// The tables are new, and their statistics know nothing: the loop is planned as well as it can be.
for (const habit of ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "jit"]) {
  await client.query(`SET ${habit} = off`);
}
tellParent({ readyInMs: performance.now() });
await once(process, "message");
const before = process.cpuUsage();
const startedAt = Date.now();
let delivered = 0;
let lastAt = startedAt;
for (;;) {
  const { rows } = await client.query({ name: "claim", text: claim, values: [Date.now()] });
  if (rows.length === 0) break;
  for (const row of rows) JSON.parse(row.content as string);
  const seqs = rows.map(({ seq }) => seq as string);
  await client.query({ name: "acknowledge", text: acknowledge, values: [seqs, Date.now()] });
  delivered += rows.length;
  lastAt = Date.now();
  tellParent({ delivered });
}
const used = process.cpuUsage(before);
await once(process, "message");
tellParent({
  delivered,
  outOfOrder: 0,
  singlesDoneAt: lastAt,
  startedAt,
  lastAt,
  cpuMs: (used.user + used.system) / 1000,
  rssMb: process.memoryUsage.rss() / 2 ** 20,
} satisfies DeliveryFigures);
