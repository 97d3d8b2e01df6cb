import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
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
