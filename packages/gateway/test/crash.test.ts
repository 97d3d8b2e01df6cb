import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient, type OutboundMessage, text } from "@quickcard/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient, type GatewayProcess, startGatewayProcess } from "../../../testing/gateway-process.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";

let dataDirectory: string;
let gateway: GatewayProcess;
let credentials: { clientId: string; clientSecret: string };
beforeEach(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-crash-"));
  credentials = await createClient(dataDirectory);
  gateway = await startGatewayProcess(dataDirectory);
});
afterEach(async () => {
  await gateway.end("SIGKILL");
  rmSync(dataDirectory, { recursive: true, force: true });
});

const connect = () =>
  new OpenMessagingClient({ baseUrl: gateway.url, ...credentials, maxAttempts: 1, timeoutMs: 10_000 });

async function history(contactId: string): Promise<OutboundMessage[]> {
  const messages: OutboundMessage[] = [];
  for await (const message of connect().messages.listAll(contactId))
    messages.push(message as OutboundMessage);
  return messages;
}

const words = (message: OutboundMessage) => (message.content.type === "text" ? message.content.text : "");

test("keeps every message it has answered with 201, once and in order, when it is killed again and again", async () => {
  const contact = await connect().contacts.create({ channel: "web" });
  const sends = 1000;
  const kills = 10;
  const answered: string[] = [];
  let next = 0;
  let killed = 0;
  while (next < sends) {
    // The kill falls somewhere into a stretch of sends, four at once, and cuts off those under way.
    const killAfter = killed < kills ? next + randomInt(20, 90) : Number.POSITIVE_INFINITY;
    const client = connect();
    let alive = true;
    const sender = async () => {
      while (alive && next < sends) {
        const number = next++;
        if (number === killAfter) {
          alive = false;
          killed += 1;
          await gateway.end("SIGKILL");
        }
        try {
          const message = await client.messages.send(contact.id, text(`message ${number}`));
          answered.push(message.id);
        } catch {
          // Never answered: it may be in the history or not.
        }
      }
    };
    await Promise.all([sender(), sender(), sender(), sender()]);
    if (!alive) gateway = await startGatewayProcess(dataDirectory, { port: gateway.port });
  }

  const kept = await waitUntil(async () => {
    const messages = await history(contact.id);
    return messages.every(({ status }) => status === "sent") && messages;
  });
  const ids = kept.map(({ id }) => id);
  const missing = answered.filter((id) => !ids.includes(id));
  const times = kept.map(({ timestamp }) => timestamp);

  expect(killed).toBe(kills);
  expect(answered.length).toBeGreaterThan(sends / 2);
  expect(missing).toEqual([]);
  expect(new Set(kept.map(words)).size).toBe(kept.length);
  expect(times).toEqual([...times].sort());
});

test("keeps the order in which one sender was answered, over a kill", async () => {
  const contact = await connect().contacts.create({ channel: "web" });
  const answered: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < 40; index += 1) {
      answered.push((await connect().messages.send(contact.id, text(`${round}.${index}`))).id);
    }
    await gateway.end("SIGKILL");
    gateway = await startGatewayProcess(dataDirectory, { port: gateway.port });
  }

  expect((await history(contact.id)).map(({ id }) => id)).toEqual(answered);
});

test("answers what is under way and loses nothing when it is stopped politely", async () => {
  const client = connect();
  const contact = await client.contacts.create({ channel: "web" });
  const stop = new AbortController();
  const stream = client.events({ signal: stop.signal });
  const answered: string[] = [];
  let refused = 0;
  const senders = Array.from({ length: 8 }, async (_, sender) => {
    for (let index = 0; refused === 0 && index < 10_000; index += 1) {
      try {
        answered.push((await client.messages.send(contact.id, text(`${sender}.${index}`))).id);
      } catch {
        refused += 1;
      }
    }
  });
  await stream[Symbol.asyncIterator]().next();

  const code = await gateway.end("SIGTERM");
  stop.abort();
  await Promise.all(senders);
  gateway = await startGatewayProcess(dataDirectory, { port: gateway.port });

  const ids = (await history(contact.id)).map(({ id }) => id);
  expect(code).toBe(0);
  expect(answered.length).toBeGreaterThan(0);
  expect(ids.length).toBe(answered.length);
  expect(new Set(ids)).toEqual(new Set(answered));
});
