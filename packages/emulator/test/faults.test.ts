import { stoppedTime } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;

beforeEach(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
});

afterEach(() => organisation.close());

const agentless = "POST /api/v2/conversations/messages/agentless" as const;

function sendAgentless(textBody = "Hi") {
  const { integrationId, callApi } = organisation;
  return callApi("POST", "/api/v2/conversations/messages/agentless", {
    fromAddress: integrationId,
    toAddress: "cust-42",
    toAddressMessengerType: "open",
    textBody,
  });
}

const texts = () => organisation.middleware.received.map(({ body }) => body.text);

test("a status before the work leaves nothing done; after it, the work is done", async () => {
  const { emulator } = organisation;
  emulator.faults.add({ on: "request", kind: "status", status: 503, route: agentless, times: 1 });

  const first = await sendAgentless("one");
  await emulator.settled();
  expect([first.status, texts()]).toEqual([503, []]);

  emulator.faults.add({ on: "request", kind: "status", status: 500, when: "after", times: 1 });
  const second = await sendAgentless("two");
  await emulator.settled();
  expect([second.status, texts()]).toEqual([500, ["two"]]);
  expect((await sendAgentless("three")).status).toBe(200);
});

test("a connection dropped after the work leaves the echo as the only answer", async () => {
  const { emulator } = organisation;
  emulator.faults.add({ on: "request", kind: "drop", when: "after", route: agentless, times: 1 });

  await expect(sendAgentless("lost")).rejects.toThrow("dropped");
  await emulator.settled();

  expect(texts()).toEqual(["lost"]);
});

test("over HTTP a dropped connection ends without an answer", async () => {
  const { emulator } = organisation;
  await emulator.listen({ port: 0 });
  emulator.faults.add({ on: "request", kind: "drop", times: 1 });

  await expect(fetch(`${emulator.url}/api/v2/tokens/me`)).rejects.toThrow();
  expect((await fetch(`${emulator.url}/api/v2/tokens/me`)).status).toBe(401);
});

test("latency holds the answer back while the echo goes out", async () => {
  const { emulator } = organisation;
  emulator.faults.add({ on: "request", kind: "latency", ms: 5000, when: "after", times: 1 });
  let isAnswered = false;

  const answer = sendAgentless("slow").then(() => {
    isAnswered = true;
  });
  await organisation.middleware.until(1);
  expect(isAnswered).toBe(false);
  await emulator.clock.advance(5000);
  await answer;
});

test("a token that expires at the wrong moment is refused as expired", async () => {
  organisation.emulator.faults.add({ on: "request", kind: "expired-token", times: 1 });

  expect(await sendAgentless()).toMatchObject({ status: 401, body: { code: "credentials.expired" } });
});

test("webhooks come twice, out of order, and forged", async () => {
  const { emulator, middleware, say } = organisation;
  const conversationId = await say("Hello");
  const agent = emulator.agent();

  emulator.faults.add({ on: "webhook", kind: "duplicate", times: 1 });
  agent.send(conversationId, "twice");
  await emulator.settled();
  emulator.faults.add({ on: "webhook", kind: "reorder", times: 1 });
  agent.send(conversationId, "first");
  agent.send(conversationId, "second");
  await emulator.settled();
  emulator.faults.add({ on: "webhook", kind: "bad-signature", times: 1 });
  agent.send(conversationId, "forged");
  await emulator.settled();

  expect(texts()).toEqual(["twice", "twice", "second", "first", "forged"]);
  expect(emulator.wireLog.after(0).filter(({ kind }) => kind === "webhook")).toMatchObject([
    ...Array(4).fill({ isSignatureRight: true }),
    { isSignatureRight: false, faults: ["bad-signature"] },
  ]);
  expect(middleware.received.at(-1)?.headers["x-hub-signature-256"]).toMatch(/^sha256=/);
});

test("a webhook whose answer is lost comes again", async () => {
  const { emulator, say } = organisation;
  const conversationId = await say("Hello");
  emulator.faults.add({ on: "webhook", kind: "drop", when: "after", times: 1 });
  emulator.agent().send(conversationId, "again");
  await emulator.settled();
  await emulator.clock.advance(5000);
  await emulator.settled();

  expect(texts()).toEqual(["again", "again"]);
});

test("a fault that cannot be says why", () => {
  const { faults } = organisation.emulator;

  expect(() => faults.add({ on: "request", kind: "duplicate" })).toThrow("/kind must be one of status");
  expect(() => faults.add({ on: "webhook", kind: "status", status: 42 })).toThrow(
    "/status must be 200 to 599",
  );
});

test("half the requests fail where chance is a half", async () => {
  organisation.emulator.faults.add({ on: "request", kind: "status", status: 500, probability: 0.5 });
  const statuses: number[] = [];
  for (let request = 0; request < 200; request += 1) statuses.push((await sendAgentless()).status);

  expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(60);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(60);
});
