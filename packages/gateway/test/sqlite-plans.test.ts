import Database from "libsql";
import { expect, test } from "vitest";
import { Connection } from "../src/store/sqlite/connection.ts";
import { migrate } from "../src/store/sqlite/migrate.ts";
import { createSqliteStore } from "../src/store/sqlite/sqlite-store.ts";
import { StoreWorld } from "./store-conformance/store-world.ts";

type Parameter = string | number | null;

/** A connection that keeps every statement that it ran. */
class RecordingConnection extends Connection {
  readonly statements = new Map<string, number>();

  override run(sql: string, ...parameters: Parameter[]): number {
    this.statements.set(sql, parameters.length);
    return super.run(sql, ...parameters);
  }

  override insert(sql: string, ...parameters: Parameter[]): number {
    this.statements.set(sql, parameters.length);
    return super.insert(sql, ...parameters);
  }

  override get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined {
    this.statements.set(sql, parameters.length);
    return super.get(sql, ...parameters);
  }

  override all<Row>(sql: string, ...parameters: Parameter[]): Row[] {
    this.statements.set(sql, parameters.length);
    return super.all(sql, ...parameters);
  }
}

/**
 * Whether a step of a plan looks at the whole of a table. What a subquery found is not one, its own steps are in the
 * plan; `event_blocks` has a row for every 4,096 events.
 */
function isScan(detail: string): boolean {
  return /^SCAN (?!json_each|sqlite_sequence|event_blocks|\(subquery)/.test(detail);
}

/** Does everything that intake and delivery do with messages. */
async function useAll(world: StoreWorld): Promise<void> {
  const { store } = world;
  const pace = { allowed: 100, windowMs: 60_000 };
  const { id } = await world.contact();
  const [sent, failed] = [await world.message(id, { metadata: { order: "7" } }), await world.message(id)];
  await store.acceptMessage(world.newMessage(id, { expiresAt: world.now() + 1 }), world.key());
  await store.acceptMessage(world.newMessage(id), world.key());
  await world.doubt(await world.claim({ pace }), 0);
  await world.sent(await world.claim({ pace }), "there");
  await world.failed(await world.claim());
  world.advance(10);
  await world.claims({ pace });
  await world.message(id, { sendAt: world.now() + 1000 });
  await store.recordReceipts(id, [sent.id], "read", world.now());
  await store.retryMessage(failed.id, world.now() + 1000);
  await store.recordApplied((await world.claim()).message.id);
  await store.reportPace("web", pace, { pauseMs: 1, quota: { count: 1, allowed: 100, resetMs: 1 } });
  await store.acceptInbound({
    id: "inbound",
    contactId: id,
    direction: "inbound",
    status: "received",
    content: { type: "text", text: "Hi" },
    clientMessageId: "1",
    createdAt: world.now(),
  });
  for (const contactId of [undefined, id]) {
    const filter = { statuses: ["expired"], limit: 10, ...(contactId ? { contactId } : {}) } as const;
    for (const message of await store.findMessages(filter)) await store.dropMessage(message.id);
    await store.readEvents(0, 10, contactId);
  }
  await store.cancelMessage((await world.message(id)).id);
  for (const order of ["oldest-first", "newest-first"] as const)
    await store.listMessages(id, { order, limit: 10 });
  await store.findMessage(id, sent.id);
  await store.listAttempts(sent.id);
  await store.listStatuses(sent);
  await store.removeFinished(world.now(), 10);
  await store.removeExpired(world.now(), 10);
  await store.deleteContact(id, world.now());
}

test("finds what it works on by an index, however much there is", async () => {
  const database = new Database(":memory:");
  const connection = new RecordingConnection(database);
  connection.get("PRAGMA foreign_keys = ON");
  migrate(connection);
  connection.statements.clear();
  let now = Date.parse("2026-11-22T12:00:00Z");
  const store = createSqliteStore(connection, () => now);

  await useAll(
    new StoreWorld({
      store,
      now: () => now,
      advance: (milliseconds) => {
        now += milliseconds;
      },
      close: () => store.close(),
    }),
  );

  const scans: string[] = [];
  for (const [sql, parameters] of connection.statements) {
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(Array.from({ length: parameters }, () => null));
    for (const { detail } of plan as { detail: string }[]) {
      if (isScan(detail)) scans.push(`${detail}: ${sql}`);
    }
  }
  expect(connection.statements.size).toBeGreaterThan(40);
  expect(scans).toEqual([]);
  await store.close();
});
