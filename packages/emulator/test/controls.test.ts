import { request as nodeRequest } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOrganisation, webhookSecret } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let url: string;

beforeAll(async () => {
  organisation = await startOrganisation();
  await organisation.emulator.listen({ port: 0 });
  url = organisation.emulator.url;
});

afterAll(() => organisation.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

test("an agent works by the controls: answers, writes, sends a file, plays a card, ends", async () => {
  const { emulator, middleware, callApi, say } = organisation;
  const conversationId = await say("Hello");
  const path = `/emulator/conversations/${conversationId}`;
  const listed = await control("GET", "/emulator/conversations");
  expect(listed.body.entities[0]).toMatchObject({ id: conversationId, customerName: "Bob", isLive: true });

  await control("POST", `${path}/messages`, { text: "Look:" });
  await control("POST", `${path}/files`, {
    name: "tree.png",
    data: Buffer.from("picture").toString("base64"),
  });
  const { entities } = (await control("GET", "/emulator/canned-replies")).body;
  for (const { reply } of entities) await control("POST", `${path}/bot-messages`, { reply });
  await emulator.settled();

  const [text, file, ...replies] = middleware.received.map(({ body }) => body);
  expect(text).toMatchObject({ type: "Text", text: "Look:", originatingEntity: "Human" });
  expect(file.text).toBeUndefined();
  const { attachment } = file.content[0];
  expect(attachment).toMatchObject({ mediaType: "Image", mime: "image/png", contentSizeBytes: 7 });
  expect(await (await fetch(attachment.url)).text()).toBe("picture");
  expect(replies).toMatchObject(entities.map(({ reply }: { reply: object }) => reply));

  expect((await control("POST", `${path}/disconnect`)).status).toBe(204);
  const ended = await callApi("GET", `/api/v2/conversations/messages/${conversationId}`);
  expect(ended.body.participants[0].state).toBe("disconnected");
});

test("the wire log shows requests and webhooks without secrets, streams them, and does them again", async () => {
  const { emulator, middleware, say } = organisation;
  await control("DELETE", "/emulator/wire-log");
  const stream = await fetch(`${url}/emulator/wire-log/stream`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const { id, secret } = emulator.createClient();
  await fetch(`${emulator.loginUrl}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: id,
      client_secret: secret,
    }),
  });
  const conversationId = await say("Hello again");
  emulator.agent().send(conversationId, "Good to see you");
  await emulator.settled();

  const { entities } = (await control("GET", "/emulator/wire-log")).body;
  expect(entities).toMatchObject([
    { kind: "request", method: "POST", url: "/login/oauth/token", status: 200 },
    { kind: "request", status: 200, requestHeaders: { authorization: "(hidden)" } },
    { kind: "webhook", status: 200, attempt: 1, isSignatureRight: true, conversationId },
  ]);
  expect(JSON.stringify(entities)).not.toContain(secret);
  expect(JSON.stringify(entities)).not.toContain(webhookSecret);
  let streamed = "";
  while (streamed.split("event: exchange").length < 4) streamed += (await reader?.read())?.value;
  await reader?.cancel();

  const before = middleware.received.length;
  const webhook = entities[2];
  expect((await control("POST", `/emulator/wire-log/${webhook.id}/replay`)).status).toBe(204);
  expect(middleware.received.at(-1)?.text).toBe(middleware.received[before - 1]?.text);

  expect((await control("POST", `/emulator/wire-log/${entities[1].id}/replay`)).status).toBe(204);
  const texts = emulator
    .agent()
    .messages(conversationId)
    .map(({ normalizedMessage }) => normalizedMessage.text);
  expect(texts.slice(-3)).toEqual(["Hello again", "Good to see you", "Hello again"]);
});

test("time and faults are dials", async () => {
  const before = organisation.emulator.clock.now();
  await control("POST", "/emulator/clock/advance", { ms: 86_400_000 });
  expect(organisation.emulator.clock.now()).toBeGreaterThanOrEqual(before + 86_400_000);

  const { body } = await control("POST", "/emulator/faults", { on: "webhook", kind: "duplicate", times: 2 });
  expect((await control("GET", "/emulator/faults")).body.entities).toMatchObject([{ id: body.id, times: 2 }]);
  expect((await control("DELETE", `/emulator/faults/${body.id}`)).status).toBe(204);
  expect(await control("POST", "/emulator/faults", { on: "webhook", kind: "burn" })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("/kind must be one of") },
  });
});

test.each([
  ["a page of another origin", { origin: "https://evil.example" }],
  ["a name that somebody points at this machine", { host: "evil.example" }],
])("the controls do not answer %s", async (_, headers) => {
  const status = await new Promise((resolve, reject) => {
    nodeRequest(`${url}/emulator/wire-log`, { headers }, (response) => {
      resolve(response.resume().statusCode);
    })
      .on("error", reject)
      .end();
  });

  expect(status).toBe(403);
});

test("a form of another site cannot turn a dial", async () => {
  const response = await fetch(`${url}/emulator/clock/advance`, { method: "POST", body: '{"ms":1}' });

  expect(response.status).toBe(415);
});
