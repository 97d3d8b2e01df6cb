import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  canLimitFiles,
  type EmulatorProcess,
  furnishProcess,
  startEmulatorProcess,
} from "./emulator-process.ts";
import { inbound, type Middleware, startMiddleware, webhookSecret } from "./start-emulator.ts";

const mostFileBytes = 60_000;

let folder: string;
let middleware: Middleware;
let emulator: EmulatorProcess;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "quickcard-emulator-"));
  middleware = await startMiddleware();
});
afterEach(async () => {
  await emulator.kill();
  await middleware.close();
  rmSync(folder, { recursive: true });
});

/** An agent writes until the disk is full; returns what was taken, and the refusal of what was not. */
async function writeUntilRefused(conversationId: string) {
  const taken: string[] = [];
  for (;;) {
    const text = `${taken.length} ${"x".repeat(500)}`;
    const answer = await emulator.call("POST", `/emulator/conversations/${conversationId}/messages`, {
      text,
    });
    if (answer.status !== 200) return { taken, refusal: answer };
    taken.push(text);
  }
}

test.skipIf(!canLimitFiles)(
  "a full disk ends nothing: requests get 503, webhooks wait, and both go on by themselves once there is room",
  async () => {
    const file = join(folder, "state.jsonl");
    emulator = await startEmulatorProcess(file, mostFileBytes);
    const { integrationId, token } = await furnishProcess(emulator, middleware.url, webhookSecret);
    const path = `/api/v2/conversations/messages/${integrationId}/inbound/open/message?prefetchConversationId=true`;
    const say = (text: string) => emulator.call("POST", path, { ...inbound(), text }, token);
    const { body } = await say("Hello");
    const integration = {
      name: "Till",
      outboundNotificationWebhookUrl: middleware.url,
      outboundNotificationWebhookSignatureSecretToken: webhookSecret,
    };
    const till = "/api/v2/conversations/messaging/integrations/open";
    const { body: begun } = await emulator.call("POST", till, integration, token);

    const { taken, refusal } = await writeUntilRefused(body.conversationId);

    expect(taken.length).toBeGreaterThan(5);
    expect(refusal).toMatchObject({
      status: 503,
      body: {
        code: "service.unavailable",
        message: expect.stringContaining(`${file} cannot be used: EFBIG`),
      },
    });
    expect(await say("Anybody there?")).toMatchObject({
      status: 503,
      body: { code: "service.unavailable", status: 503 },
    });
    const login = await fetch(`${emulator.url}/login/oauth/token`, { method: "POST" });
    expect(login.status).toBe(503);
    expect(await login.json()).toMatchObject({ error: "server_error" });

    emulator.liftFileLimit();
    await emulator.complained(/kept again/);

    expect((await say("Anybody there?")).status).toBe(200);
    const texts = () => middleware.received.map(({ body: webhook }) => webhook.text);
    for (const text of taken) while (!texts().includes(text)) await middleware.until(texts().length + 1);
    expect(emulator.complaints().match(/cannot be used/g)).toHaveLength(1);

    await emulator.kill();
    emulator = await startEmulatorProcess(file);
    const conversation = await emulator.call("GET", `/emulator/conversations/${body.conversationId}`);
    const kept = JSON.stringify(conversation.body);
    for (const text of ["Hello", "Anybody there?", ...taken]) expect(kept).toContain(text);
    expect((await emulator.call("GET", `${till}/${begun.id}`, undefined, token)).status).toBe(200);
  },
);

test.skipIf(!canLimitFiles)(
  "a history that cannot be cut off for want of room is read all the same, and cut off at a later start",
  async () => {
    const file = join(folder, "state.jsonl");
    const before = await createEmulator({ file });
    const integrationId = before.createIntegration({
      name: "Shop",
      outboundNotificationWebhookUrl: middleware.url,
      outboundNotificationWebhookSignatureSecretToken: webhookSecret,
    });
    for (let turn = 0; turn < 10_100; turn += 1) await before.clock.advance(1);
    await before.close();
    const known = { integrations: [{ id: integrationId, name: "Shop" }] };
    const lines = () => readFileSync(file, "utf8").split("\n").length;

    emulator = await startEmulatorProcess(file, 100);
    expect((await emulator.call("GET", "/emulator")).body).toMatchObject(known);
    expect(emulator.complaints()).toContain("It is read, but stays as long as it is.");
    expect(lines()).toBeGreaterThan(10_000);
    expect(existsSync(`${file}.next`)).toBe(false);
    await emulator.kill();

    emulator = await startEmulatorProcess(file);
    expect((await emulator.call("GET", "/emulator")).body).toMatchObject(known);
    expect(lines()).toBeLessThan(100);
  },
);
