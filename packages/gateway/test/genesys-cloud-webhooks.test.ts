import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enumerations } from "@quickcard/emulator";
import { createGateway, type Gateway } from "@quickcard/gateway";
import fc from "fast-check";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { StoreUnavailableError } from "../src/gateway-error.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { OutboundRecord } from "../src/store/records.ts";
import type { Store } from "../src/store/store.ts";

const secret = "0123456789abcdef-test-secret";
const oldSecret = "fedcba9876543210-the-one-before";
const otherSecret = "another-integration-secret-0123";
const contactId = "ada";
const minute = 60_000;

let directory = "";
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "quickcard-webhooks-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(directory, { recursive: true, force: true });
});

interface World {
  gateway: Gateway;
  /** The database goes away, hangs, or comes back. */
  database: { state: "there" | "away" | "hanging" };
  clock: { aheadMs: number };
  post(message: object | string, more?: { header?: string; secret?: string }): Promise<Response>;
  /** What the customer will see, oldest first. */
  messages(): Promise<OutboundRecord[]>;
  texts(): Promise<string[]>;
}

async function start(
  kept: Store = createMemoryStore(),
  database: World["database"] = { state: "there" },
): Promise<World> {
  const clock = { aheadMs: 0 };
  const store = switchable(kept, database);
  if (!(await kept.findContact(contactId))) await addContact(kept);
  const gateway = createGateway({
    store,
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    now: () => Date.now() + clock.aheadMs,
    monotonicNow: () => performance.now(),
    genesysCloud: {
      // Nothing listens there: what is told to Genesys Cloud waits.
      cloud: { baseUrl: "http://127.0.0.1:9", clientId: "id", clientSecret: "secret" },
      integrations: [
        { id: "one", webhookSecrets: [secret, oldSecret] },
        { id: "other", webhookSecrets: [otherSecret], channels: [] },
      ],
      spoolDirectory: join(directory, "spool"),
      policy: { intakeTimeoutMs: 50, restMs: 5, pollMs: 5 },
    },
  });
  closing.push(() => gateway.close());
  const messages = async () => {
    const all = await kept.listMessages(contactId, { order: "oldest-first", limit: 10_000 });
    return all.filter((message) => message.direction === "outbound");
  };
  return {
    gateway,
    database,
    clock,
    messages,
    texts: async () =>
      (await messages()).map(({ content }) => (content.type === "text" ? content.text : content.type)),
    post(message, { header, secret: signedWith = secret } = {}) {
      const body = typeof message === "string" ? message : JSON.stringify(message);
      const signature = header ?? `sha256=${sign(body, signedWith).toString("base64")}`;
      return gateway.fetch(
        new Request("http://gateway.test/genesys-cloud/webhook", {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(signature === "none" ? {} : { "x-hub-signature-256": signature }),
          },
          body,
        }),
      );
    },
  };
}

function sign(body: string, secretOf: string): Buffer {
  return createHmac("sha256", secretOf).update(body).digest();
}

async function addContact(store: Store): Promise<void> {
  const base = {
    id: contactId,
    conversationId: "c",
    state: "active",
    channel: "web",
    chatToken: "t",
  } as const;
  await store.insertContact({ ...base, createdAt: Date.now(), updatedAt: Date.now() });
}

/** The store, as long as the database is there. */
function switchable(store: Store, database: World["database"]): Store {
  const free = new Set(["onChange", "close", "signals"]);
  return new Proxy(store, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
      if (free.has(String(name))) return method;
      return async (...input: unknown[]) => {
        if (database.state === "hanging") await waitUntil(async () => database.state !== "hanging");
        if (database.state === "away") throw new StoreUnavailableError("It is away.", "Wait.");
        return method(...input);
      };
    },
  });
}

function message(id: string, text = `text ${id}`, more: object = {}) {
  return {
    id,
    channel: {
      id: "one",
      platform: "Open",
      type: "Private",
      messageId: id,
      to: { id: contactId, idType: "Opaque" },
      from: { id: "one", idType: "Opaque", nickname: "Shop" },
      time: "2026-01-01T00:00:00.000Z",
    },
    type: "Text",
    text,
    originatingEntity: "Human",
    direction: "Outbound",
    ...more,
  };
}

test("a signed webhook is a message of the customer's, with what it is in Genesys Cloud", async () => {
  const world = await start();

  const answer = await world.post(message("m1", "Hello"));

  expect(answer.status).toBe(200);
  expect(await world.messages()).toMatchObject([
    {
      content: { type: "text", text: "Hello" },
      metadata: { genesysMessageId: "m1", genesysOriginatingEntity: "Human" },
    },
  ]);
});

test("the secret before, while it is rotated, is as good", async () => {
  const world = await start();

  expect((await world.post(message("m1"), { secret: oldSecret })).status).toBe(200);
  expect(await world.texts()).toHaveLength(1);
});

test.each([
  ["no signature", { header: "none" }, /missing/],
  ["hexadecimal", { header: `sha256=${"ab".repeat(32)}` }, /hexadecimal.*base64/],
  ["no base64 of 32 bytes", { header: "sha256=short" }, /padded base64/],
  ["another secret", { secret: "somebody-else-0123456" }, /not of this body and secret/],
  ["another integration's secret", { secret: otherSecret }, /not of this body and secret/],
])("with %s it is refused, saying which mistake was made", async (_, more, mistake) => {
  const world = await start();

  const answer = await world.post(message("m1"), more);

  expect(answer.status).toBe(401);
  const body = (await answer.json()) as { message: string };
  expect(body.message).toMatch(mistake);
  expect(await world.texts()).toEqual([]);
});

test("an integration that is not here is refused as a wrong signature is", async () => {
  const world = await start();
  const stranger = { ...message("m1"), channel: { ...message("m1").channel, id: "stranger" } };

  const [known, unknown] = [
    await world.post(message("m1"), { secret: "wrong-0123456789a" }),
    await world.post(stranger),
  ];

  const read = async (answer: Response) => ((await answer.json()) as { message: string }).message;
  expect([known.status, unknown.status]).toEqual([401, 401]);
  expect(await read(unknown)).toBe(await read(known));
});

test("every flipped bit of body or signature is refused", async () => {
  const world = await start();
  const body = JSON.stringify(message("m1"));
  const good = sign(body, secret);
  for (let bit = 0; bit < good.length * 8; bit += 5) {
    const bad = Buffer.from(good);
    bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect((await world.post(body, { header: `sha256=${bad.toString("base64")}` })).status).toBe(401);
  }
  const header = `sha256=${good.toString("base64")}`;
  for (let at = 0; at < body.length; at += 7) {
    const changed = body.slice(0, at) + (body[at] === "x" ? "y" : "x") + body.slice(at + 1);
    expect((await world.post(changed, { header })).status).toBe(401);
  }
  expect(await world.texts()).toEqual([]);
});

test("the same webhook is one message: a thousand times over eight days, at once, and after a restart", async () => {
  const kept = createMemoryStore();
  const world = await start(kept);
  for (let n = 0; n < 1000; n += 1) {
    world.clock.aheadMs += (8 * 24 * 60 * minute) / 1000;
    expect((await world.post(message("m1"))).status).toBe(200);
  }
  const again = await Promise.all(Array.from({ length: 50 }, () => world.post(message("m2"))));
  expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
  const restarted = await start(kept);
  await restarted.post(message("m1"));
  await restarted.post(message("m2"));

  expect(await restarted.texts()).toEqual(["text m1", "text m2"]);
});

test("what is no message, or cannot be read, is answered well and shown to nobody", async () => {
  const world = await start();
  const all = [
    message("m1", "", { type: "Receipt", status: "Published" }),
    message("m2", "", { type: "Event", events: [{ eventType: "Typing", typing: { type: "On" } }] }),
    message("m3", "", { type: "Structured", content: [{ contentType: "Push" }] }),
    { ...message("m4"), channel: { ...message("m4").channel, to: { id: "nobody" } } },
    { ...message("m5"), type: "SomethingNew" },
    { ...message("m6"), content: "no list" },
  ];

  for (const one of all) expect((await world.post(one)).status).toBe(200);
  expect(await world.texts()).toEqual([]);
});

test("whatever a signed webhook holds, it is answered well, and holds nothing up", async () => {
  const { post, texts } = await start();
  const anything = fc.jsonValue({ maxDepth: 3 });
  const event = fc.oneof(
    fc.constant(null),
    anything,
    fc.record({ eventType: fc.constant("Typing"), typing: anything }),
  );
  // Those of another form are none that Genesys Cloud documents, and are let go at once.
  const formed = { text: fc.string(), conversationId: fc.uuid(), content: fc.array(oddElement(anything)) };
  const odd = fc.record(
    {
      type: fc.constantFrom("Text", "Structured", "Event", "Receipt"),
      ...formed,
      events: fc.oneof(anything, fc.array(event)),
      metadata: anything,
      originatingEntity: anything,
      direction: anything,
    },
    { requiredKeys: ["type"] },
  );
  let count = 0;

  await fc.assert(
    fc.asyncProperty(odd, async (more) => {
      count += 1;
      expect((await post({ ...message(`odd-${count}`), ...more })).status).toBe(200);
    }),
    { numRuns: 500 },
  );
  expect((await post(message("m1"))).status).toBe(200);

  expect((await texts()).at(-1)).toBe("text m1");
  expect(readdirSync(join(directory, "spool"))).toEqual(["failed-receipts"]);
});

/** An element of a known type, which holds whatever there may be. */
function oddElement(anything: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.tuple(fc.constantFrom(...enumerations.ContentType), anything).map(([contentType, value]) => ({
    contentType,
    template: value,
    [`${contentType[0]?.toLowerCase()}${contentType.slice(1)}`]: value,
  }));
}

test("a gateway is ready once nothing is missed of what happens, however long the database is away", async () => {
  const kept = createMemoryStore();
  const world = await start(kept, { state: "away" });
  let isReady = false;
  const ready = world.gateway.ready().then(() => {
    isReady = true;
  });
  await world.post(message("m1"));
  expect(isReady).toBe(false);

  world.database.state = "there";
  await ready;

  expect(await kept.findSubscription("genesys-cloud")).toBeDefined();
});

test("a contact that was closed goes on when an agent writes", async () => {
  const kept = createMemoryStore();
  const world = await start(kept);
  await kept.updateContact(contactId, { state: "closed" }, Date.now());

  await world.post(message("m1", "One more thing"));

  expect((await kept.findContact(contactId))?.state).toBe("active");
  expect(await world.texts()).toEqual(["One more thing"]);
});

test("with the database away each is answered at once and kept on disk, then taken in order; nothing is lost", async () => {
  const world = await start();
  world.database.state = "away";
  const count = 200;
  const slowest = { ms: 0 };
  for (let n = 0; n < count; n += 1) {
    const startedAt = performance.now();
    expect((await world.post(message(`m${n}`, String(n)))).status).toBe(200);
    slowest.ms = Math.max(slowest.ms, performance.now() - startedAt);
  }
  expect(slowest.ms).toBeLessThan(1000);
  expect(await world.texts()).toEqual([]);

  world.database.state = "there";
  await waitUntil(async () => (await world.messages()).length === count);
  // What comes now does not overtake.
  await world.post(message("last", "last"));
  await waitUntil(async () => (await world.messages()).length === count + 1);

  expect(await world.texts()).toEqual([...Array.from({ length: count }, (_, n) => String(n)), "last"]);
  await waitUntil(async () => readdirSync(join(directory, "spool")).every((name) => !name.endsWith(".json")));
});

test("with a database that hangs each is answered within a second", async () => {
  const world = await start();
  world.database.state = "hanging";

  for (let n = 0; n < 5; n += 1) {
    const startedAt = performance.now();
    expect((await world.post(message(`m${n}`, String(n)))).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  }

  world.database.state = "there";
  await waitUntil(async () => (await world.messages()).length === 5);
  expect(await world.texts()).toEqual(["0", "1", "2", "3", "4"]);
});

test("what lies on disk is taken up by the next process", async () => {
  const kept = createMemoryStore();
  const first = await start(kept);
  first.database.state = "away";
  await first.post(message("m1", "kept"));
  expect(existsSync(join(directory, "spool"))).toBe(true);
  await Promise.race([first.gateway.close(), waitUntil(async () => true)]);

  const second = await start(kept);

  await waitUntil(async () => (await second.texts()).includes("kept"));
  expect(await second.texts()).toEqual(["kept"]);
});
