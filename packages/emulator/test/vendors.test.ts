import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import {
  createLine,
  createMessenger,
  createTelegram,
  createWhatsApp,
  type StandIn,
  startStandIn,
} from "@quickcard/emulator/vendors";
import { describe, expect, test } from "vitest";

const day = 24 * 60 * 60 * 1000;

/** A program that takes webhooks: it shakes hands with Meta, and answers as it is told. */
async function startProgram(statuses: number[] = []) {
  const taken: { body: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer((request, response) => {
    const challenge = new URL(request.url ?? "/", "http://program").searchParams.get("hub.challenge");
    if (request.method === "GET") return void response.end(challenge);
    void readText(request).then((body) => {
      const status = statuses.shift() ?? 200;
      if (status === 200) taken.push({ body, headers: request.headers });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function clock() {
  const time = { now: Date.UTC(2026, 10, 1), waitedMs: 0 };
  const sleep = async (milliseconds: number) => {
    time.waitedMs += milliseconds;
  };
  return { time, world: { now: () => time.now, sleep } };
}

async function post(standIn: StandIn, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await standIn.fetch(
    new Request(new URL(path, "https://vendor.test"), {
      method: "POST",
      headers: { authorization: "Bearer token", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
  // biome-ignore lint/suspicious/noExplicitAny: each vendor's answer has a shape of its own.
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}

describe("WhatsApp", () => {
  const to = "4915112345678";
  const base = { messaging_product: "whatsapp", to };
  const reply = (id: string, title: string) => ({ type: "reply", reply: { id, title } });
  const buttons = (...all: object[]) => ({
    ...base,
    type: "interactive",
    interactive: { type: "button", body: { text: "Which?" }, action: { buttons: all } },
  });
  const card = (index: number, action: object) => ({
    card_index: index,
    type: "cta_url",
    header: { type: "image", image: { link: "https://example.com/a.png" } },
    action,
  });
  const open = { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com" } };
  const pick = (id: string) => ({ buttons: [{ type: "quick_reply", quick_reply: { id, title: "Pick" } }] });
  const carousel = (...cards: object[]) => ({
    ...base,
    type: "interactive",
    interactive: { type: "carousel", body: { text: "Look" }, action: { cards } },
  });
  const text = { ...base, type: "text", text: { body: "Grüße" } };

  function start(more = {}) {
    const { time, world } = clock();
    const whatsApp = createWhatsApp({ accessToken: "token", appSecret: "secret", ...world, ...more });
    const send = (body: unknown) => post(whatsApp, `/v23.0/${whatsApp.phoneNumberId}/messages`, body);
    return { time, whatsApp, send };
  }

  test.each([
    ["a text", text],
    ["three buttons", buttons(reply("1", "A"), reply("2", "B"), reply("3", "C"))],
    ["a carousel of links", carousel(card(0, open), card(1, open))],
    ["a carousel of choices", carousel(card(0, pick("a")), card(1, pick("b")))],
    ["an image", { ...base, type: "image", image: { link: "https://example.com/a.png", caption: "A" } }],
    [
      "a place",
      { ...base, type: "location", location: { latitude: "52.5", longitude: 13.4, name: "Berlin" } },
    ],
  ])("takes %s", async (_, body) => {
    const { send } = start();
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 200, body: { contacts: [{ wa_id: to }] } });
  });

  test.each([
    ["a text over 4,096 characters", { ...text, text: { body: "x".repeat(4097) } }, 100],
    ["four buttons", buttons(...["1", "2", "3", "4"].map((id) => reply(id, id))), 100],
    ["a label over 20 characters", buttons(reply("1", "x".repeat(21))), 100],
    ["two labels that are the same", buttons(reply("1", "A"), reply("2", "A")), 131009],
    ["an id with a space at its end", buttons(reply("1 ", "A")), 131009],
    ["a carousel of one card", carousel(card(0, open)), 100],
    ["a carousel of both kinds of button", carousel(card(0, open), card(1, pick("a"))), 131009],
    ["an unknown field", { ...text, subject: "A" }, 100],
    ["no type", base, 131008],
    ["a link to no web page", { ...base, type: "image", image: { link: "file:///etc/passwd" } }, 131009],
    [
      "an unknown template",
      { ...base, type: "template", template: { name: "a", language: { code: "en" } } },
      132001,
    ],
  ])("refuses %s", async (_, body, code) => {
    const { send, whatsApp } = start();
    const answer = await send(body);
    expect(answer.body.error).toMatchObject({ code, type: "OAuthException" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(whatsApp.received()).toEqual([]);
  });

  test("refuses another's token and number", async () => {
    const { whatsApp } = start();
    const path = `/v23.0/${whatsApp.phoneNumberId}/messages`;
    expect((await post(whatsApp, path, text, { authorization: "Bearer other" })).status).toBe(401);
    expect((await post(whatsApp, "/v23.0/1/messages", text)).body.error).toMatchObject({
      code: 100,
      error_subcode: 33,
    });
  });

  test("tells afterwards that the window is closed, signed over escaped bytes, until it is heard", async () => {
    await using program = await startProgram([500, 503]);
    const { time, whatsApp, send } = start();
    await whatsApp.subscribe({ url: program.url, verifyToken: "verify" });
    const accepted = await send({ ...text, biz_opaque_callback_data: "mark" });
    expect(accepted.status).toBe(200);
    await whatsApp.settled();
    expect(whatsApp.webhooks().map(({ status }) => status)).toEqual([500, 503, 200]);
    expect(time.waitedMs).toBe(3000);
    const status = JSON.parse(program.taken[0]?.body ?? "").entry[0].changes[0].value.statuses[0];
    expect(status).toMatchObject({
      status: "failed",
      errors: [{ code: 131047 }],
      biz_opaque_callback_data: "mark",
    });

    whatsApp.customer(to, "Jürgen").type("Grüße");
    await send(text);
    time.now += day;
    await send(text);
    await whatsApp.settled();
    expect(whatsApp.received().map((message) => message.status)).toEqual(["failed", "delivered", "failed"]);
    const written = program.taken[1];
    expect(written?.body).toContain("Gr\\u00fc\\u00dfe");
    const expected = createHmac("sha256", "secret")
      .update(written?.body ?? "")
      .digest("hex");
    expect(written?.headers["x-hub-signature-256"]).toBe(`sha256=${expected}`);
  });

  test("limits what goes to one customer, and what the number sends", async () => {
    const { time, send } = start();
    for (let index = 0; index < 45; index += 1) expect((await send(text)).status).toBe(200);
    expect((await send(text)).body.error.code).toBe(131056);
    time.now += 45 * 6000;
    expect((await send(text)).status).toBe(200);
    const narrow = start({ throughput: 1 });
    expect((await narrow.send(text)).status).toBe(200);
    expect((await narrow.send({ ...text, to: "4915100000000" })).body.error.code).toBe(130429);
  });

  test("brings a tap back in the form of what was tapped", async () => {
    await using program = await startProgram();
    const { whatsApp, send } = start();
    await whatsApp.subscribe({ url: program.url, verifyToken: "verify" });
    const ada = whatsApp.customer(to, "Ada");
    ada.type("Hi");
    const { id } = (await send(buttons(reply("p1", "Yes")))).body.messages[0];
    ada.tap(id, "p1");
    ada.read();
    await whatsApp.settled();
    const values = program.taken.map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
    const tap = values.find((value) => value.messages?.[0].type === "interactive");
    expect(tap.messages[0]).toMatchObject({
      from: to,
      context: { id },
      interactive: { button_reply: { id: "p1", title: "Yes" } },
    });
    const statuses = values.flatMap((value) => value.statuses ?? []).map(({ status }) => status);
    expect(statuses).toEqual(["sent", "delivered", "read"]);
    expect(() => ada.tap(id, "p2")).toThrow("p2");
  });
});

describe.each(["messenger", "instagram"] as const)("%s", (app) => {
  const psid = "6172839405162738";
  function start() {
    const { time, world } = clock();
    const page = createMessenger({ app, accessToken: "token", appSecret: "secret", ...world });
    const send = (message: unknown) =>
      post(page, `/v23.0/${page.pageId}/messages`, {
        recipient: { id: psid },
        messaging_type: "RESPONSE",
        message,
      });
    return { time, page, send };
  }
  const generic = (element: object) => ({
    attachment: { type: "template", payload: { template_type: "generic", elements: [element] } },
  });

  test("takes text, quick replies, templates and media within 24 hours of the customer's word", async () => {
    const { time, page, send } = start();
    expect((await send({ text: "Hi" })).body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
    page.customer(psid).type("Hi");
    const quick = { content_type: "text", title: "Yes", payload: "p1" };
    for (const message of [
      { text: "Hi" },
      { text: "Which?", quick_replies: [quick] },
      generic({ title: "A", buttons: [{ type: "postback", title: "B", payload: "c" }] }),
      { attachment: { type: "image", payload: { url: "https://example.com/a.png" } } },
    ]) {
      expect((await send(message)).body).toMatchObject({ recipient_id: psid });
    }
    time.now += day;
    expect((await send({ text: "Hi" })).body.error).toMatchObject({
      code: 10,
      error_subcode: app === "messenger" ? 2018278 : 2534022,
    });
  });

  test.each([
    ["text that is too long", { text: app === "messenger" ? "x".repeat(2001) : "ü".repeat(501) }],
    [
      "14 quick replies",
      { text: "?", quick_replies: Array(14).fill({ content_type: "text", title: "A", payload: "a" }) },
    ],
    ["a title over 80 characters", generic({ title: "x".repeat(81), subtitle: "a" })],
    ["a card with nothing but a title", generic({ title: "A" })],
    [
      "four buttons",
      generic({ title: "A", buttons: Array(4).fill({ type: "postback", title: "B", payload: "c" }) }),
    ],
    [
      "text beside an attachment",
      { text: "A", attachment: { type: "image", payload: { url: "https://a.example" } } },
    ],
  ])("refuses %s", async (_, message) => {
    const { page, send } = start();
    page.customer(psid).type("Hi");
    expect((await send(message)).body.error.code).toBe(100);
  });

  test("echoes metadata, and tells what the app tells of receipts", async () => {
    await using program = await startProgram();
    const { page, send } = start();
    await page.subscribe({ url: program.url, verifyToken: "verify" });
    const ada = page.customer(psid);
    ada.type("Hi");
    const { message_id: mid } = (await send({ text: "Hi", metadata: "mark" })).body;
    ada.read();
    await page.settled();
    const events = program.taken.map(({ body }) => JSON.parse(body).entry[0].messaging[0]);
    expect(events.find((event) => event.message?.is_echo).message).toMatchObject({ mid, metadata: "mark" });
    const delivered = events.filter((event) => event.delivery);
    const read = events.find((event) => event.read).read;
    if (app === "messenger") {
      expect(delivered).toMatchObject([{ delivery: { mids: [mid] } }]);
      expect(read).toHaveProperty("watermark");
    } else {
      expect(delivered).toEqual([]);
      expect(read).toEqual({ mid });
    }
  });
});

describe("LINE", () => {
  const user = `U${"a".repeat(32)}`;
  const push = "/v2/bot/message/push";
  function start() {
    const { time, world } = clock();
    const line = createLine({ channelAccessToken: "token", channelSecret: "secret", ...world });
    line.customer(user, "Ada");
    return { time, line };
  }
  const text = { type: "text", text: "Hi" };
  const column = (actions: number, more = {}) => ({
    text: "Text",
    actions: Array(actions).fill({ type: "postback", label: "A", data: "a" }),
    ...more,
  });
  const carousel = (...columns: object[]) => ({
    type: "template",
    altText: "Look",
    template: { type: "carousel", columns },
  });

  test.each([
    ["six messages", Array(6).fill(text), "messages"],
    [
      "an image without a preview",
      [{ type: "image", originalContentUrl: "https://a.example/a.png" }],
      "messages[0].previewImageUrl",
    ],
    [
      "a place without an address",
      [{ type: "location", title: "A", latitude: 1, longitude: 2 }],
      "messages[0].address",
    ],
    ["columns of unequal actions", [carousel(column(1), column(2))], "messages[0].template.columns"],
    [
      "a text over 60 characters beside a title",
      [carousel(column(1, { title: "A", text: "x".repeat(61) }))],
      "messages[0].template.columns[0].text",
    ],
    ["a file", [{ type: "file", originalContentUrl: "https://a.example/a.pdf" }], "messages[0].type"],
  ])("refuses %s and says where", async (_, messages, property) => {
    const { line } = start();
    const answer = await post(line, push, { to: user, messages });
    expect(answer).toMatchObject({ status: 400, body: { details: [{ property }] } });
    expect((await post(line, "/v2/bot/message/validate/push", { messages })).status).toBe(400);
  });

  test("takes a retry key once for 24 hours, also where the answer was lost", async () => {
    const { time, line } = start();
    const key = { "x-line-retry-key": "123e4567-e89b-12d3-a456-426614174000" };
    line.fault("lose-answer");
    await expect(post(line, push, { to: user, messages: [text] }, key)).rejects.toThrow("lost");
    const again = await post(line, push, { to: user, messages: [text] }, key);
    expect(again.status).toBe(409);
    expect(again.headers.get("x-line-accepted-request-id")).toBeTruthy();
    expect(again.body.sentMessages).toHaveLength(1);
    expect(line.received()).toHaveLength(1);
    time.now += day;
    expect((await post(line, push, { to: user, messages: [text] }, key)).status).toBe(200);
  });

  test("signs webhooks in base64, gives reply tokens that work once, and says what is a redelivery", async () => {
    await using program = await startProgram([500]);
    const { line } = start();
    line.subscribe(program.url);
    line.customer(user).type("Hi");
    await line.settled();
    const [{ body = "", headers = {} } = {}] = program.taken;
    expect(headers["x-line-signature"]).toBe(createHmac("sha256", "secret").update(body).digest("base64"));
    const [event] = JSON.parse(body).events;
    expect(event).toMatchObject({ deliveryContext: { isRedelivery: true }, source: { userId: user } });
    const reply = { replyToken: event.replyToken, messages: [text] };
    expect((await post(line, "/v2/bot/message/reply", reply)).status).toBe(200);
    expect((await post(line, "/v2/bot/message/reply", reply)).body.message).toBe("Invalid reply token");
  });
});

describe("Telegram", () => {
  const chat = "77001";
  function start() {
    const { time, world } = clock();
    const telegram = createTelegram({ token: "42:secret", ...world });
    const call = (method: string, body: object) => post(telegram, `/bot42:secret/${method}`, body);
    return { time, telegram, call };
  }
  const keyboard = (data: string) => ({ inline_keyboard: [[{ text: "Yes", callback_data: data }]] });

  test("counts text as it is shown and payloads in bytes", async () => {
    const { telegram, call } = start();
    expect((await call("sendMessage", { chat_id: 77001, text: "Hi" })).body.description).toContain(
      "chat not found",
    );
    telegram.customer(chat).type("/start");
    const marked = `<b>${"x".repeat(4096)}</b>`;
    expect((await call("sendMessage", { chat_id: 77001, text: marked, parse_mode: "HTML" })).status).toBe(
      200,
    );
    expect((await call("sendMessage", { chat_id: 77001, text: marked })).body.description).toContain(
      "too long",
    );
    expect((await call("sendMessage", { chat_id: 77001, text: "<b>", parse_mode: "HTML" })).status).toBe(400);
    const fits = { chat_id: 77001, text: "Which?", reply_markup: keyboard("ü".repeat(32)) };
    expect((await call("sendMessage", fits)).status).toBe(200);
    const wide = { ...fits, reply_markup: keyboard(`${"ü".repeat(32)}x`) };
    expect((await call("sendMessage", wide)).body.description).toBe("Bad Request: BUTTON_DATA_INVALID");
    const caption = { chat_id: 77001, photo: "https://a.example/a.png", caption: "x".repeat(1025) };
    expect((await call("sendPhoto", caption)).body.description).toContain("caption is too long");
    telegram.customer(chat).block();
    expect((await call("sendMessage", { chat_id: 77001, text: "Hi" })).status).toBe(403);
  });

  test("says when to come back, and carries the webhook's secret", async () => {
    await using program = await startProgram();
    const { telegram, call } = start();
    await call("setWebhook", { url: program.url, secret_token: "hook-secret" });
    const ada = telegram.customer(chat);
    ada.type("/start");
    telegram.fault("rate-limit");
    expect((await call("sendMessage", { chat_id: 77001, text: "Hi" })).body.parameters).toEqual({
      retry_after: 1,
    });
    const sent = await call("sendMessage", { chat_id: 77001, text: "Which?", reply_markup: keyboard("p1") });
    ada.tap(String(sent.body.result.message_id), "p1");
    await telegram.settled();
    expect(program.taken.map(({ headers }) => headers["x-telegram-bot-api-secret-token"])).toEqual([
      "hook-secret",
      "hook-secret",
    ]);
    const { callback_query: tap } = JSON.parse(program.taken[1]?.body ?? "");
    expect(tap).toMatchObject({ data: "p1", message: { message_id: sent.body.result.message_id } });
    await call("answerCallbackQuery", { callback_query_id: tap.id });
    expect(telegram.answeredTaps()).toEqual([tap.id]);
    expect((await call("sendMessage", {})).status).toBe(400);
  });
});

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
