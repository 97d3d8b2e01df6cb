import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, stoppedTime } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { furnishProcess, startEmulatorProcess } from "./emulator-process.ts";
import {
  callApiWith,
  fetchToken,
  inbound,
  startMiddleware,
  startOrganisation,
  webhookSecret,
} from "./start-emulator.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quickcard-emulator-"));
  file = join(folder, "state.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const time = stoppedTime(new Date("2026-01-01T00:00:00Z"));

test("what was not accepted is sent after a restart, and what is known stays known", async () => {
  const { emulator, middleware, say } = await startOrganisation({ time, file });
  const conversationId = await say("Hello");
  middleware.answer = 503;
  const { id } = emulator.agent().send(conversationId, "Hi");
  await emulator.settled();
  await emulator.clock.advance(1000);
  await emulator.close();

  const again = await createEmulator({ time, file });
  expect(again.clock.now()).toBe(Date.parse("2026-01-01T00:00:01Z"));
  expect(again.agent().conversations()).toMatchObject([{ id: conversationId }]);
  middleware.answer = 200;
  await again.clock.advance(4000);
  await again.settled();
  expect(middleware.received.map(({ body }) => body.id)).toEqual([id, id]);
  expect(again.agent().messages(conversationId)).toMatchObject([
    { direction: "inbound" },
    { id, status: "sent" },
  ]);
  await again.close();
  await middleware.close();
});

test("an integration takes no messages until it is complete, which a restart only delays", async () => {
  const options = { time, file, integrationCreationMs: 1000 };
  const { emulator, callApi, middleware, close } = await startOrganisation(options);
  const path = "/api/v2/conversations/messaging/integrations/open";
  const { body: created } = await callApi("POST", path, {
    name: "Till",
    outboundNotificationWebhookUrl: middleware.url,
    outboundNotificationWebhookSignatureSecretToken: webhookSecret,
  });
  const early = await callApi("POST", `/api/v2/conversations/messages/${created.id}/inbound/open/message`, {
    ...inbound(),
    text: "Hello",
  });
  expect(early).toMatchObject({ status: 400, body: { message: expect.stringContaining("not active yet") } });
  await emulator.clock.advance(999);
  await close();

  const again = await createEmulator(options);
  const { id, secret } = again.createClient();
  const callAgain = callApiWith(again, await fetchToken(again, id, secret));
  await again.clock.advance(1000);
  expect(await callAgain("GET", `${path}/${created.id}`)).toMatchObject({
    body: { createStatus: "Completed", status: "Active" },
  });
  await again.close();
});

test("a last line that a crash cut short is dropped, and the next one begins where it began", async () => {
  const { emulator, say, close } = await startOrganisation({ time, file });
  const conversationId = await say("Grüße");
  await close();
  const whole = readFileSync(file);
  appendFileSync(file, Buffer.from('["messages","x",{"text":"Grüß').subarray(0, -1));

  const again = await createEmulator({ time, file });
  expect(again.agent().messages(conversationId)).toMatchObject([{ normalizedMessage: { text: "Grüße" } }]);
  again.agent().answer(conversationId);
  await again.close();
  expect(readFileSync(file).subarray(0, whole.length)).toEqual(whole);
  await (await createEmulator({ time, file })).close();
  expect(emulator.operations).toEqual(again.operations);
});

test("a line that no emulator wrote is refused by its number, and the file is left alone", async () => {
  const { close } = await startOrganisation({ time, file });
  await close();
  const lines = readFileSync(file, "utf8").split("\n");
  const broken = lines.with(1, "not one of ours").join("\n");
  writeFileSync(file, broken);

  await expect(createEmulator({ time, file })).rejects.toMatchObject({
    code: "emulator_data_unavailable",
    message: `${file}, line 2, is not what an emulator writes.`,
  });
  expect(readFileSync(file, "utf8")).toBe(broken);
});

test("killed in the middle of traffic, time and again, it loses nothing that it answered, and every webhook comes", async () => {
  const middleware = await startMiddleware();
  const received: string[] = [];
  const sent: string[] = [];
  let running = await startEmulatorProcess(file);
  try {
    const { integrationId, token } = await furnishProcess(running, middleware.url, webhookSecret);
    for (let run = 0; run < 6; run += 1) {
      const customers = ["ann", "bob", "cy", "dee"].map(async (customer) => {
        for (let turn = 0; ; turn += 1) {
          const text = `${customer} ${run}.${turn}`;
          const message = await running.call(
            "POST",
            `/api/v2/conversations/messages/${integrationId}/inbound/open/message?prefetchConversationId=true`,
            { ...inbound(customer, text), text },
            token,
          );
          received.push(message.body.id);
          const conversation = `/emulator/conversations/${message.body.conversationId}`;
          if (turn === 0) await running.call("POST", `${conversation}/answer`, {});
          expect((await running.call("POST", `${conversation}/messages`, { text })).status).toBe(200);
          sent.push(text);
        }
      });
      const interrupted = Promise.all(
        customers.map((customer) => expect(customer).rejects.toThrow(TypeError)),
      );
      await middleware.until(middleware.received.length + 20 + run * 7);
      await running.kill();
      await interrupted;
      running = await startEmulatorProcess(file);
    }

    const missing = () => sent.filter((text) => !middleware.received.some(({ body }) => body.text === text));
    while (missing().length > 0) await middleware.until(middleware.received.length + 1);
    const statuses = await Promise.all(
      received.map(async (id) => {
        const { status } = await running.call(
          "GET",
          `/api/v2/conversations/messages/${id}/details`,
          undefined,
          token,
        );
        return status;
      }),
    );
    expect(received.length).toBeGreaterThan(100);
    expect(new Set(statuses)).toEqual(new Set([200]));
  } finally {
    await running.kill();
    await middleware.close();
  }
}, 60_000);
