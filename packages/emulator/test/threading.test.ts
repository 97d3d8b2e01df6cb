import { stoppedTime } from "@quickcard/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callApiWith, fetchToken, inbound, startOrganisation } from "./start-emulator.ts";

const path = "/api/v2/conversations/messaging/threadingtimeline";
const hour = 3_600_000;

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
beforeEach(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
});
afterEach(() => organisation.close());

/** Whether a customer who writes so long after the end is in the conversation of before. */
async function goesOnAfter(ms: number): Promise<boolean> {
  const { emulator } = organisation;
  const before = await say("Hello");
  emulator.agent().disconnect(before);
  await emulator.clock.advance(ms);
  return (await say("One more thing")) === before;
}

/** A customer writes, by a token of this moment; answers with the conversation's id. */
async function say(text: string): Promise<string> {
  const { emulator, integrationId } = organisation;
  const { id, secret } = emulator.createClient();
  const callApi = callApiWith(emulator, await fetchToken(emulator, id, secret));
  const path = `/api/v2/conversations/messages/${integrationId}/inbound/open/message?prefetchConversationId=true`;
  const { status, body } = await callApi("POST", path, { ...inbound(), text });
  expect(status).toBe(200);
  return body.conversationId;
}

test("a customer who writes within 72 hours of the end goes on, one who writes later begins anew", async () => {
  expect(await goesOnAfter(72 * hour)).toBe(true);
  expect(await goesOnAfter(72 * hour + 1)).toBe(false);
});

test("a window of open messaging holds from when it is set, another messenger's does not", async () => {
  const window = (messengerType: string) => ({ settings: [{ messengerType, timeoutInMinutes: 60 }] });
  await organisation.callApi("PUT", path, window("whatsapp"));
  expect(await goesOnAfter(hour + 1)).toBe(true);
  await organisation.callApi("PUT", path, window("open"));
  expect(await goesOnAfter(hour + 1)).toBe(false);
  expect(await goesOnAfter(hour)).toBe(true);
  await organisation.callApi("PUT", path, { settings: [], defaultTimeoutMinutes: 0 });
  expect(await goesOnAfter(1)).toBe(false);
});

test("a window of no messenger, or of no time, is refused", async () => {
  const put = (body: object) => organisation.callApi("PUT", path, body);

  expect(await put({ settings: [{ messengerType: "fax", timeoutInMinutes: 1 }] })).toMatchObject({
    status: 400,
    body: { code: "invalid.value" },
  });
  expect((await put({ settings: [], defaultTimeoutMinutes: -1 })).status).toBe(400);
  expect((await put({})).body.message).toBe("should have required property 'settings'");
});
