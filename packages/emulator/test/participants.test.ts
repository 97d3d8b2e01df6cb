import { stoppedTime } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inbound, startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let conversationId: string;
let path: string;

beforeEach(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  conversationId = await organisation.say("Hello");
  organisation.emulator.agent().answer(conversationId);
  path = `/api/v2/conversations/messages/${conversationId}`;
});

afterEach(() => organisation.close());

/** The participants of the conversation as the API shows them. */
async function participants() {
  const { body } = await organisation.callApi("GET", path);
  return body.participants;
}

test("an agent parks, and says nothing before coming back", async () => {
  const { callApi } = organisation;
  const agent = (await participants()).at(-1);
  const parking = `${path}/participants/${agent.id}/parkingstate`;
  const conversation = await callApi("GET", `/api/v2/conversations/${conversationId}`);
  const { id: communicationId } = conversation.body.participants.at(-1).messages[0];
  const send = () =>
    callApi("POST", `${path}/communications/${communicationId}/messages`, { textBody: "Hi" });

  expect((await callApi("PATCH", parking, { state: "parked" })).status).toBe(204);
  expect((await participants()).at(-1).state).toBe("parked");
  expect(await send()).toMatchObject({ status: 400, body: { code: "bad.request" } });
  expect((await callApi("PATCH", parking, { state: "connected" })).status).toBe(204);
  expect((await send()).status).toBe(200);
  expect(await callApi("PATCH", parking, { state: "alerting" })).toMatchObject({
    status: 400,
    body: {
      message:
        "Value [alerting] is not valid for field type [state]. Allowable values are: parked, connected",
    },
  });
});

test("a transfer takes one agent away and offers the conversation to another", async () => {
  const { emulator, callApi } = organisation;
  const eve = emulator.createAgent({ name: "Eve" });
  const first = (await participants()).at(-1);
  const transfer = (id: string, body: object) => callApi("POST", `${path}/participants/${id}/replace`, body);

  expect((await transfer(first.id, { userId: eve.id })).status).toBe(204);

  const [, before, after] = await participants();
  expect(before).toMatchObject({ id: first.id, state: "disconnected", disconnectType: "transfer" });
  expect(after).toMatchObject({ state: "alerting", user: { id: eve.id } });
  expect(eve.conversations()).toMatchObject([{ id: conversationId }]);

  expect((await transfer(after.id, { queueId: "any" })).status).toBe(204);
  expect((await participants()).at(-1)).toMatchObject({ name: "Agent", state: "alerting" });
  const { id } = (await participants()).at(-1);
  expect((await transfer(id, { userId: "nobody" })).status).toBe(404);
  expect((await transfer(id, {})).status).toBe(400);
});

test("a wrap-up is written after the end, is read back, and is found by analytics", async () => {
  const { callApi } = organisation;
  const agent = (await participants()).at(-1);
  const own = `${path}/participants/${agent.id}`;
  const { body: codes } = await callApi("GET", `${own}/wrapupcodes`);
  const code = codes[1].id;
  expect((await callApi("GET", `${own}/wrapup`)).status).toBe(404);
  expect((await callApi("DELETE", `/api/v2/conversations/${conversationId}`)).status).toBe(204);

  const wrapup = { code, notes: "Calls again on Monday" };
  expect((await callApi("PATCH", own, { wrapup })).status).toBe(204);

  expect(await callApi("GET", `${own}/wrapup`)).toMatchObject({ status: 200, body: wrapup });
  expect((await participants()).at(-1).wrapup).toMatchObject({ code, name: codes[1].name });
  const found = await callApi("POST", "/api/v2/analytics/conversations/details/query", {
    interval: "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z",
    segmentFilters: [{ type: "and", predicates: [{ dimension: "wrapUpCode", value: code }] }],
  });
  expect(found.body.conversations).toMatchObject([{ conversationId }]);
  expect(await callApi("PATCH", own, { wrapup: { code: "none" } })).toMatchObject({
    status: 400,
    body: { code: "invalid.value" },
  });
  expect(await callApi("PATCH", own, { state: "connected" })).toMatchObject({
    status: 400,
    body: { message: "The conversation is disconnected." },
  });
  expect((await callApi("PATCH", own, {})).status).toBe(400);
});

test("what a program tells of its customer is the customer's participant data", async () => {
  const { callApi, integrationId } = organisation;
  const tell = async (customAttributes: unknown) => {
    const { channel } = inbound();
    await callApi("POST", `/api/v2/conversations/messages/${integrationId}/inbound/open/message`, {
      channel: { ...channel, metadata: { customAttributes } },
      text: "Hello again",
    });
    return (await participants())[0].attributes;
  };

  expect(await tell({ plan: "gold", visits: 3 })).toEqual({ plan: "gold" });
  expect(await tell({ language: "sv" })).toEqual({ plan: "gold", language: "sv" });
  expect(await tell("none")).toEqual({ plan: "gold", language: "sv" });
});

test("conversations that are live are listed, page by page", async () => {
  const { emulator, callApi, say } = organisation;
  const other = await say("Hello", "cust-43");
  const list = "/api/v2/conversations/messages?pageSize=1";

  expect((await callApi("GET", list)).body).toMatchObject({ total: 2, entities: [{ id: conversationId }] });
  emulator.agent().disconnect(conversationId);
  expect((await callApi("GET", list)).body).toMatchObject({ total: 1, entities: [{ id: other }] });
});
