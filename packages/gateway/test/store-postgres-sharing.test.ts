import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { minute, StoreWorld, web } from "./store-conformance/store-world.ts";

const programs = findPostgres();

/** Some stores on one new database, as of processes that share it. */
async function openShared(postgres: TestPostgres, count: number) {
  const url = await postgres.createDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore(url)));
  const worlds = stores.map(
    (store) => new StoreWorld({ store, now: Date.now, advance: () => {}, close: () => store.close() }),
  );
  const close = async () => void (await Promise.all(stores.map((store) => store.close())));
  return { url, worlds, [Symbol.asyncDispose]: close };
}

function acceptance(world: StoreWorld, contactId: string): string {
  const message = world.newMessage(contactId);
  const { id, content, mode, expiresAt, createdAt } = message;
  const row = { n: 0, id, contact_id: contactId, content: JSON.stringify(content), mode };
  return JSON.stringify([{ ...row, expires_at: expiresAt, created_at: createdAt }]);
}

describe.skipIf(programs === undefined)("processes that share a PostgreSQL database", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "", { fsync: "off" });
  });
  afterAll(() => postgres.stop());

  test("make the tables together when all start at once, and leave alone what a newer one has added", async () => {
    await using shared = await openShared(postgres, 4);
    const client = new pg.Client(shared.url);
    await client.connect();
    await client.query("INSERT INTO quickcard.migrations (name) VALUES ('9999-of-a-newer-version.sql')");

    const store = await openPostgresStore(shared.url);
    await store.ping();

    const { rows } = await client.query("SELECT name FROM quickcard.migrations ORDER BY name");
    expect(rows.at(0)).toEqual({ name: "0001-tables.sql" });
    await Promise.all([store.close(), client.end()]);
  });

  test("share lanes, and each gets some", async () => {
    await using shared = await openShared(postgres, 4);
    const [world] = shared.worlds as [StoreWorld];
    const contacts = await Promise.all(Array.from({ length: 60 }, () => world.contact()));
    await Promise.all(contacts.map(({ id }) => world.message(id)));

    const asked = await Promise.all(
      shared.worlds.flatMap((each) => Array.from({ length: 3 }, () => each.claims({ limit: 5 }))),
    );
    const { claims: rest } = await world.claims();

    const claimed = [...asked.flatMap(({ claims }) => claims), ...rest].map(({ contact }) => contact.id);
    expect(claimed.toSorted()).toEqual(contacts.map(({ id }) => id).toSorted());
  });

  test("share one quota and the windows of a token", async () => {
    await using shared = await openShared(postgres, 4);
    const [world] = shared.worlds as [StoreWorld];
    for (const { id } of await world.contacts(20)) await world.message(id);
    const pace = { allowed: 7, windowMs: 10 * minute };

    const asked = await Promise.all(shared.worlds.map((each) => each.claims({ pace, limit: 3 })));
    const taken = await Promise.all(
      shared.worlds.flatMap(({ store }) =>
        Array.from({ length: 10 }, () => store.takeRate("token", 25, minute)),
      ),
    );

    expect(asked.flatMap(({ claims }) => claims)).toHaveLength(7);
    expect(
      taken
        .filter(({ exceeded }) => !exceeded)
        .map(({ count }) => count)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    for (const { count, resetMs } of taken) {
      expect(count).toBeLessThanOrEqual(25);
      expect(resetMs).toBeGreaterThan(minute - 20_000);
    }
  });

  test("count a permit from when it reached its worker, where the claim was long on its way", async () => {
    await using shared = await openShared(postgres, 1);
    const [world] = shared.worlds as [StoreWorld];
    const { id } = await world.contact();
    await world.message(id);
    const client = new pg.Client(shared.url);
    await client.connect();
    const read = async (expression: string) =>
      (await client.query(`SELECT ${expression} AS value`)).rows[0].value as unknown;

    await client.query("BEGIN");
    await client.query("LOCK TABLE quickcard.attempts IN SHARE ROW EXCLUSIVE MODE");
    const claimed = world.claims({ pace: { allowed: 1, windowMs: 1000 } });
    await waitUntil(
      () =>
        read(`EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '100 ms')`) as Promise<boolean>,
    );
    const freedAt = await read("quickcard.store_now(0)");
    await client.query("COMMIT");

    expect((await claimed).claims).toHaveLength(1);
    await waitUntil(() => read(`(SELECT at >= ${freedAt} FROM quickcard.pace_grants)`) as Promise<boolean>);
    await client.end();
  });

  test("take one of a hundred equal requests that arrive at all of them at once", async () => {
    await using shared = await openShared(postgres, 4);
    const [world] = shared.worlds as [StoreWorld];
    const { id } = await world.contact();
    const other = await world.contact();

    const answers = await Promise.all(
      shared.worlds.flatMap((each) =>
        Array.from({ length: 25 }, () => each.store.acceptMessage(each.newMessage(id), each.key())),
      ),
    );
    const scattered = await Promise.all(
      shared.worlds.map((each, index) =>
        each.store.acceptMessage(each.newMessage(index % 2 ? id : other.id), each.key({ key: "scattered" })),
      ),
    );

    expect(answers.filter(({ kind }) => kind === "created")).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === "repeated")).toHaveLength(99);
    expect(scattered.filter(({ kind }) => kind === "created")).toHaveLength(1);
    expect(await world.store.findMessages({ statuses: ["queued"], limit: 10 })).toHaveLength(2);
  });

  test("hear of each other's changes, also after the connection that listens was cut", async () => {
    await using shared = await openShared(postgres, 2);
    const [here, there] = shared.worlds as [StoreWorld, StoreWorld];
    const { id } = await here.contact();
    const heard: string[] = [];
    there.store.onChange((change) => heard.push(change));

    await waitUntil(async () => {
      await here.message(id);
      return heard.includes("messages");
    });
    await postgres.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'quickcard' AND (query LIKE 'LISTEN%' OR query LIKE '%pg_notify%')`,
    );
    heard.length = 0;
    await waitUntil(async () => {
      await here.message(id);
      return heard.includes("events");
    });
  });

  test("signal to each other, and not to themselves", async () => {
    await using shared = await openShared(postgres, 2);
    const [here, there] = shared.worlds as [StoreWorld, StoreWorld];
    const [heardHere, heardThere]: [string[], string[]] = [[], []];
    here.store.signals?.listen((signal) => heardHere.push(signal));
    const stop = there.store.signals?.listen((signal) => heardThere.push(signal));

    await waitUntil(async () => {
      here.store.signals?.send("one");
      return heardThere.length > 0;
    });
    stop?.();
    await waitUntil(async () => {
      there.store.signals?.send("other");
      return heardHere.length > 0;
    });

    expect(new Set(heardThere)).toEqual(new Set(["one"]));
    expect(new Set(heardHere)).toEqual(new Set(["other"]));
  });

  test("read no further in the log than it is settled, and miss nothing", async () => {
    await using shared = await openShared(postgres, 2);
    const [world, reader] = shared.worlds as [StoreWorld, StoreWorld];
    const [slow, quick] = (await world.contacts(2)).map(({ id }) => id) as [string, string];
    const place = await reader.store.lastEventId();
    const writer = new pg.Client(shared.url);
    await writer.connect();
    await writer.query("BEGIN");
    await writer.query("SELECT * FROM quickcard.accept_messages($1, 0)", [acceptance(world, slow)]);
    await world.message(quick);

    const meanwhile = await reader.store.readEvents(place, 10);
    const lastMeanwhile = await reader.store.lastEventId();
    const ofQuick = await reader.store.readEvents(place, 10, quick);
    await writer.query("COMMIT");
    const afterwards = await reader.store.readEvents(place, 10);
    await writer.end();

    expect(meanwhile).toEqual([]);
    expect(lastMeanwhile).toBe(place);
    expect(ofQuick).toHaveLength(1);
    expect(afterwards.map(({ contactId }) => contactId)).toEqual([slow, quick]);
  });

  test("miss no event while eight write at once and some of them give up", async () => {
    await using shared = await openShared(postgres, 8);
    const [first] = shared.worlds as [StoreWorld];
    const contacts = await first.contacts(16);
    const read: number[] = [];
    let isWriting = true;
    const reading = (async () => {
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        const events = await first.store.readEvents(read.at(-1) ?? 0, 50);
        read.push(...events.map(({ id }) => id));
        if (events.length > 0) isLast = false;
      }
    })();

    await Promise.all(
      shared.worlds.map(async (world, index) => {
        for (let n = 0; n < 40; n += 1) {
          const taken = { ...world.newMessage(contacts[(index + n) % 16]?.id ?? ""), id: `same-${n % 30}` };
          // The same id twice is refused by the table, after the transaction has drawn its places.
          await world.store.acceptMessage(taken).catch(() => undefined);
          await world.message(contacts[(index * n) % 16]?.id ?? "");
        }
      }),
    );
    isWriting = false;
    await reading;

    const { rows } = await postgresQuery(shared.url, "SELECT id FROM quickcard.events ORDER BY id");
    expect(read).toEqual(rows.map(({ id }) => Number(id)));
    expect(read.length).toBeGreaterThan(16 + 320);
  });

  test("take text that PostgreSQL cannot hold, and look for it in vain", async () => {
    await using shared = await openShared(postgres, 1);
    const [world] = shared.worlds as [StoreWorld];
    const { id } = await world.contact();
    const message = await world.message(id, { content: { type: "text", text: "a\0b\ud800c" } });
    const claim = await world.claim();
    const reason = "bad \0 answer \ud800";
    await world.settle(claim, { status: "failed", reason }, { kind: "not-applied", reason });

    expect(await world.outbound(message)).toMatchObject({
      content: { text: "a\0b\ud800c" },
      reason: "bad \ufffd answer \ufffd",
    });
    expect(await world.store.findContactByChatToken("\0")).toBeUndefined();
    expect(await world.store.findMessage(id, "\0")).toBeUndefined();
  });

  test("see each other's commits also where the server's default would hide them", async () => {
    const url = await postgres.createDatabase();
    const { pathname } = new URL(url);
    await postgres.run(
      `ALTER DATABASE ${pathname.slice(1)} SET default_transaction_isolation = 'repeatable read'`,
    );
    const store = await openPostgresStore(url);
    const world = new StoreWorld({ store, now: Date.now, advance: () => {}, close: () => store.close() });
    const { id } = await world.contact();

    await Promise.all(
      Array.from({ length: 50 }, () => store.acceptMessage(world.newMessage(id), world.key())),
    );

    expect(await world.store.findMessages({ statuses: ["queued"], limit: 10 })).toHaveLength(1);
    await store.close();
  });

  test("claim as cheaply among 20,000 contacts that wait as among a few", async () => {
    await using shared = await openShared(postgres, 1);
    const [world] = shared.worlds as [StoreWorld];
    await fill(shared.url, 20_000);
    const client = new pg.Client(shared.url);
    await client.connect();
    await client.query("BEGIN");

    const { rows } = await client.query(
      "SELECT * FROM quickcard.claim_lanes($1, 100, 60000, NULL, NULL, 0)",
      [web],
    );
    const { rows: tables } = await client.query(
      `SELECT relname, seq_scan, idx_tup_fetch FROM pg_stat_xact_user_tables
       WHERE relname IN ('lanes', 'deliveries', 'messages', 'contacts', 'attempts', 'events')`,
    );
    await client.query("ROLLBACK");
    await client.end();

    expect(rows).toHaveLength(100);
    for (const { seq_scan, idx_tup_fetch } of tables) {
      expect(Number(seq_scan)).toBe(0);
      expect(Number(idx_tup_fetch)).toBeLessThan(1000);
    }
    expect((await world.claims({ limit: 5 })).claims).toHaveLength(5);
  });
});

async function postgresQuery(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result;
}

/** Puts a message of each of so many contacts into the tables, without statistics, as after a burst. */
async function fill(url: string, contacts: number): Promise<void> {
  await postgresQuery(
    url,
    `INSERT INTO quickcard.contacts (id, conversation_id, state, channel, chat_token, created_at, updated_at)
       SELECT 'contact-' || n, 'conversation-' || n, 'active', 'web', '${randomUUID()}-' || n, 0, 0
       FROM generate_series(1, ${contacts}) AS n;
     INSERT INTO quickcard.lanes (contact_id, channel, due_at) SELECT id, channel, seq FROM quickcard.contacts;
     INSERT INTO quickcard.messages (seq, id, contact_id, direction, content, created_at)
       SELECT seq, 'message-' || seq, id, 'outbound', '{"type":"text","text":"Hello"}', 0 FROM quickcard.contacts;
     INSERT INTO quickcard.deliveries (seq, contact_id, position, status, mode, expires_at)
       SELECT seq, id, seq, 'queued', 'reconcile', ${Date.now() + 10 * minute} FROM quickcard.contacts`,
  );
}
