import { createTelegram, startStandIn } from "@quickcard/emulator/vendors";
import { expect, test } from "vitest";

test("a stand-in that listens shows what it received and moves customers over HTTP", async () => {
  const telegram = createTelegram({ token: "42:secret" });
  const running = await startStandIn(telegram);
  const ask = (path: string, body?: unknown) =>
    fetch(`${running.url}${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json" },
    });
  expect((await ask("/stand-in/customers/77001/actions", { action: "type", text: "/start" })).status).toBe(
    202,
  );
  expect((await ask("/bot42:secret/sendMessage", { chat_id: 77001, text: "Hi" })).status).toBe(200);
  await ask("/stand-in/faults", { faults: ["lose-answer"] });
  await expect(ask("/bot42:secret/sendMessage", { chat_id: 77001, text: "There" })).rejects.toThrow();
  const shown = (await (await ask("/stand-in/messages?to=77001")).json()) as {
    messages: { shown: { texts: string[] } }[];
  };
  expect(shown.messages.map((message) => message.shown.texts)).toEqual([["Hi"], ["There"]]);
  const tap = { action: "tap", messageId: "1", choiceId: "none" };
  expect((await ask("/stand-in/customers/77001/actions", tap)).status).toBe(409);
  expect((await ask("/stand-in/customers/77001/actions", { action: "fly" })).status).toBe(400);
  await running.close();
});
