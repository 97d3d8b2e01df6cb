import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient } from "@quickcard/client";
import { expect, test } from "vitest";
import { createClient, startGatewayProcess } from "../../../testing/gateway-process.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { startWebhookReceiver } from "./fixtures/webhook-receiver.ts";

test("tells every event at least once and in order, when the gateway is killed again and again", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-webhooks-"));
  const credentials = await createClient(dataDirectory);
  await using receiver = await startWebhookReceiver();
  const flags = ["--allow-private-targets", "--allow-http-targets"];
  let gateway = await startGatewayProcess(dataDirectory, { flags });
  const connect = () => new OpenMessagingClient({ baseUrl: gateway.url, ...credentials });
  try {
    const { id } = await connect().subscriptions.create({ url: receiver.url });
    const contacts = await Promise.all(
      Array.from({ length: 8 }, () => connect().contacts.create({ channel: "web" })),
    );
    for (let kill = 0; kill < 3; kill += 1) {
      const client = new OpenMessagingClient({ baseUrl: gateway.url, ...credentials, maxAttempts: 1 });
      // Calls that the kill cuts off may fail: what counts is what the log holds.
      const toggling = Promise.allSettled(
        contacts.map(async (contact) => {
          for (let n = 0; n < 5; n += 1) {
            await client.contacts.close(contact.id);
            await client.contacts.reopen(contact.id);
          }
        }),
      );
      const until = receiver.received.length + randomInt(1, 40);
      await waitUntil(async () => receiver.received.length >= until);
      await gateway.end("SIGKILL");
      gateway = await startGatewayProcess(dataDirectory, { flags, port: gateway.port });
      await toggling;
    }
    await waitUntil(async () => (await connect().subscriptions.get(id)).standing?.waiting === 0);

    const stop = new AbortController();
    const inLog: { id: string; contactId: string }[] = [];
    const last = Math.max(...receiver.received.map(({ event }) => Number(event.id)));
    for await (const event of connect().events({ after: "0", signal: stop.signal })) {
      inLog.push(event);
      if (Number(event.id) >= last) break;
    }
    for (const contact of contacts) {
      const told = receiver.received.filter(({ event }) => event.contactId === contact.id);
      const places = told.map(({ event }) => Number(event.id));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect([...new Set(told.map(({ event }) => event.id))]).toEqual(
        inLog.filter((event) => event.contactId === contact.id).map((event) => event.id),
      );
    }
    const ids = new Map(receiver.received.map((webhook) => [webhook.event.id, webhook.id]));
    expect(receiver.received.every((webhook) => ids.get(webhook.event.id) === webhook.id)).toBe(true);
  } finally {
    await gateway.end("SIGKILL");
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
