import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openClientRegistry, serve } from "@quickcard/gateway";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { api, waitUntil } from "../../../testing/start-gateway.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { StoreUnavailableError } from "../src/gateway-error.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { minute, StoreWorld } from "./store-conformance/store-world.ts";

const programs = findPostgres();

/** Repeats what the store refuses while its database is away; anything else it says is an error. */
async function untilTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      await nextTurn();
    }
  }
}

/** Senders that repeat each request with its key until it is answered, and workers that deliver, until told to stop. */
function work(world: StoreWorld, contactIds: readonly string[]) {
  const accepted: { id: string; contactId: string }[] = [];
  const delivered: string[] = [];
  let isSending = true;
  let isDelivering = true;
  const send = async (contactId: string) => {
    while (isSending) {
      const key = world.key({ key: randomUUID() });
      const answer = await untilTaken(() => world.store.acceptMessage(world.newMessage(contactId), key));
      if (!("record" in answer)) throw new Error(answer.kind);
      accepted.push({ id: answer.record.id, contactId });
    }
  };
  const deliver = async () => {
    while (isDelivering) {
      const { claims } = await untilTaken(() => world.claims({ limit: 10 }));
      for (const claim of claims) {
        if (claim.work === "send") delivered.push(claim.message.id);
        await untilTaken(() => world.sent(claim));
      }
      await nextTurn();
    }
  };
  const sending = Promise.all(contactIds.map(send));
  const delivering = Promise.all([deliver(), deliver()]);
  return {
    accepted,
    delivered,
    async stopSending() {
      isSending = false;
      await sending;
    },
    async stopDelivering() {
      isDelivering = false;
      await delivering;
    },
  };
}

describe.skipIf(programs === undefined)("a PostgreSQL that goes away", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
  });
  afterAll(() => postgres.stop());

  const open = async () => {
    const url = await postgres.createDatabase();
    let aheadMs = 0;
    const store = await openPostgresStore(url, { clockOffsetMs: () => aheadMs });
    const advance = (milliseconds: number) => {
      aheadMs += milliseconds;
    };
    const close = () => store.close();
    const world = new StoreWorld({ store, now: () => Date.now() + aheadMs, advance, close });
    return { url, store, world, [Symbol.asyncDispose]: close };
  };

  test("makes every method say so, and each work again when it is back", async () => {
    await using opened = await open();
    const { store, world } = opened;
    const { id } = await world.contact();
    const calls: Record<string, () => Promise<unknown>> = {
      ping: () => store.ping(),
      acceptMessage: () => store.acceptMessage(world.newMessage(id)),
      findToken: () => store.findToken("token"),
      findContact: () => store.findContact(id),
      claim: () => world.claims(),
      readEvents: () => store.readEvents(0, 10),
      takeRate: () => store.takeRate("token", 10, minute),
      insertContact: () => store.insertContact(world.newContact()),
      replayEvents: () => store.replayEvents("nothing", { from: 0, to: 1 }),
    };

    await postgres.halt("immediate");
    for (const [name, call] of Object.entries(calls)) {
      await expect(call(), name).rejects.toThrow(StoreUnavailableError);
    }
    await postgres.start();
    for (const call of Object.values(calls)) await untilTaken(call);
  });

  test("does not say more of itself than that: no address, no password, no text", async () => {
    await using opened = await open();
    const { id } = await opened.world.contact();
    await postgres.halt("fast");
    const refusal = await opened.store
      .acceptMessage(opened.world.newMessage(id, { content: { type: "text", text: "canary" } }))
      .catch((error: unknown) => error as StoreUnavailableError);
    await postgres.start();

    expect(refusal).toBeInstanceOf(StoreUnavailableError);
    expect(JSON.stringify({ ...(refusal as object), message: (refusal as Error).message })).not.toContain(
      "canary",
    );
  });

  test("has its gateways answer 503 for a while, not ready, and go on by themselves", async () => {
    const database = await postgres.createDatabase();
    const logger = pino({ level: "silent" });
    const options = { port: 0, host: "127.0.0.1", database, logger };
    const gateways = await Promise.all([serve(options), serve(options)]);
    const [here, there] = gateways.map(({ url }) => url) as [string, string];
    const headers = {
      authorization: `Bearer ${await tokenOf(here, database)}`,
      "content-type": "application/json",
    };
    const body = JSON.stringify({ channel: "web" });
    const make = (url: string) => call(url, `${api}/contacts`, { method: "POST", headers, body });
    const { id } = (await (await make(here)).json()) as { id: string };
    expect((await call(there, `${api}/contacts/${id}`, { headers })).status).toBe(200);

    await postgres.halt("immediate");
    const refused = await make(there);
    const ready = await call(here, "/health/ready");
    const live = await call(here, "/health/live");
    await postgres.start();

    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect([ready.status, live.status]).toEqual([503, 200]);
    await waitUntil(async () => (await call(there, "/health/ready")).status === 200);
    expect((await make(there)).status).toBe(201);
    await Promise.all(gateways.map((gateway) => gateway.close()));
  });

  test.each([
    ["is restarted at once", (server: TestPostgres) => server.restart("immediate"), 3],
    ["ends every connection", (server: TestPostgres) => endConnections(server), 10],
  ])("loses nothing and repeats nothing where it %s in the middle of work", async (_, disturb, times) => {
    await using opened = await open();
    const { world, store, url } = opened;
    const contacts = (await world.contacts(20)).map(({ id }) => id);
    const under = work(world, contacts);
    for (let n = 0; n < times; n += 1) {
      const before = under.accepted.length;
      await waitUntil(async () => under.accepted.length > before + 40);
      await disturb(postgres);
    }
    await under.stopSending();
    await under.stopDelivering();

    // Claims whose answers were lost run out, and their messages are searched for; here nobody sent them.
    world.advance(2 * minute);
    await takeUp(world);

    const kept = await rows(url, "SELECT id, contact_id FROM quickcard.messages ORDER BY seq");
    expect(kept.map(({ id }) => id).toSorted()).toEqual(under.accepted.map(({ id }) => id).toSorted());
    for (const contactId of contacts) {
      // Each sender waited for the answer before it sent the next.
      const answered = under.accepted
        .filter((message) => message.contactId === contactId)
        .map(({ id }) => id);
      expect(kept.filter((row) => row.contact_id === contactId).map(({ id }) => id)).toEqual(answered);
    }
    expect(new Set(under.delivered).size).toBe(under.delivered.length);
    const open_ = await store.findMessages({ statuses: ["queued", "sending", "retry_wait"], limit: 1 });
    expect(open_).toEqual([]);
    const events = await rows(url, "SELECT message_seq, value FROM quickcard.events WHERE value = 'sent'");
    expect(new Set(events.map(({ message_seq }) => message_seq)).size).toBe(events.length);
    expect(events).toHaveLength(kept.length);
  });
});

async function call(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  return await fetch(new URL(path, url), init);
}

/** A token from a gateway, of a client made in the database that it stands on. */
async function tokenOf(url: string, database: string): Promise<string> {
  const clients = openClientRegistry({ database });
  const { clientId, clientSecret = "" } = await clients.create({
    name: "test",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
  });
  await clients.close();
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const answer = await call(url, "/oauth/token", { method: "POST", body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function endConnections(server: TestPostgres): Promise<void> {
  await server.run(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'quickcard'",
  );
}

async function takeUp(world: StoreWorld): Promise<void> {
  for (;;) {
    const { claims } = await untilTaken(() => world.claims());
    if (claims.length === 0) return;
    for (const claim of claims) await untilTaken(() => world.sent(claim));
  }
}

async function rows(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows: found } = await client.query(sql);
  await client.end();
  return found;
}
