import { request as nodeRequest } from "node:http";
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

test("a chat holds what the customer did beside what was sent, and tells of every change", async () => {
  const telegram = createTelegram({ token: "42:secret" });
  const running = await startStandIn(telegram);
  const changes = await fetch(`${running.url}/stand-in/changes`);
  const reader = changes.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toContain("data: changed");

  const ada = telegram.customer("77001", "Ada");
  ada.type("/start");
  expect((await reader.read()).value).toContain("data: changed");
  await fetch(`${running.url}/bot42:secret/sendMessage`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      chat_id: 77001,
      text: "Which?",
      reply_markup: { inline_keyboard: [[{ text: "This", callback_data: "this" }]] },
    }),
  });
  const [sent] = telegram.received();
  ada.tap(sent!.id, "this");
  expect(() => ada.tap(sent!.id, "none")).toThrow("none");

  const answer = await fetch(`${running.url}/stand-in/customers/77001/chat`);
  expect(await answer.json()).toMatchObject({
    chat: [
      { from: "customer", doing: { type: "text", text: "/start" } },
      { from: "program", message: { shown: { texts: ["Which?"] } } },
      { from: "customer", doing: { type: "tap", label: "This" } },
    ],
  });
  expect(telegram.customers()).toEqual([{ address: "77001", name: "Ada" }]);
  await reader.cancel();
  await running.close();
});

/** The status of an answer, and what the customer has done after it. */
async function asked(headers: Record<string, string>, method: "GET" | "POST" = "POST") {
  const telegram = createTelegram({ token: "42:secret" });
  const { url, close } = await startStandIn(telegram);
  const path = method === "GET" ? "/stand-in/customers" : "/stand-in/customers/77001/actions";
  const status = await new Promise((resolve, reject) => {
    nodeRequest(`${url}${path}`, { method, headers }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end(method === "GET" ? undefined : '{"action":"type","text":"Hello"}');
  });
  await close();
  return { status, did: telegram.chat("77001").length };
}

const json = "application/json";

test.each([
  ["a page of another origin", { "content-type": json, origin: "https://evil.example" }],
  ["a name that somebody points at this machine", { "content-type": json, host: "evil.example" }],
])("a stand-in does not answer %s", async (_, headers) => {
  expect(await asked(headers)).toEqual({ status: 403, did: 0 });
  expect(await asked(headers, "GET")).toEqual({ status: 403, did: 0 });
});

test("a form of another site cannot move a customer", async () => {
  expect(await asked({ "content-type": "text/plain" })).toEqual({ status: 415, did: 0 });
  expect(await asked({ "content-type": json })).toEqual({ status: 202, did: 1 });
});

test("its phones are shown in the frame of the page that was named, and of no other", async () => {
  const telegram = () => createTelegram({ token: "42:secret" });
  const [alone, framed] = [
    await startStandIn(telegram()),
    await startStandIn(telegram(), { framedBy: "http://127.0.0.1:4480" }),
  ];
  const policyOf = async ({ phoneUrl }: { phoneUrl: string }) =>
    (await fetch(phoneUrl)).headers.get("content-security-policy");

  expect(await policyOf(alone)).toContain("frame-ancestors 'none'");
  expect(await policyOf(framed)).toContain("frame-ancestors http://127.0.0.1:4480;");
  await alone.close();
  await framed.close();
});

test("a picture chosen on a phone has an address, and what is no picture or too large is refused", async () => {
  const { url: origin, close } = await startStandIn(createTelegram({ token: "42:secret" }));
  const put = (body: BodyInit, type: string) =>
    fetch(`${origin}/stand-in/pictures`, { method: "POST", body, headers: { "content-type": type } });
  const bytes = Uint8Array.of(1, 2, 3);

  const { url } = (await (await put(bytes, "image/png")).json()) as { url: string };
  const given = await fetch(url);
  expect(given.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await given.arrayBuffer())).toEqual(bytes);
  expect((await put("<script>", "text/html")).status).toBe(415);
  expect((await put(new Uint8Array(5 * 1024 * 1024 + 1), "image/png")).status).toBe(413);
  expect((await fetch(`${origin}/stand-in/pictures/none`)).status).toBe(404);
  await close();
});
