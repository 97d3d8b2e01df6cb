import { createHmac } from "node:crypto";
import { createWhatsApp } from "@quickcard/emulator/vendors";
import { describe, expect, test } from "vitest";
import { clock, day, post, startProgram } from "./vendor-program.ts";

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
      "a place with an address of any length",
      { ...base, type: "location", location: { latitude: 52.5, longitude: 13.4, address: "x".repeat(1024) } },
    ],
    [
      "a place",
      { ...base, type: "location", location: { latitude: "52.5", longitude: 13.4, name: "Berlin" } },
    ],
  ])("takes %s", async (_, body) => {
    const { send } = start();
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 200, body: { contacts: [{ wa_id: to }] } });
  });

  test("shows cards side by side below the text, and bold words without their marks", async () => {
    const { whatsApp, send } = start();
    const bold = { ...card(0, pick("a")), body: { text: "*New in store*\n5 * 5 cm" } };
    await send(carousel(bold, card(1, pick("b"))));
    expect(whatsApp.received()[0]?.shown).toMatchObject({
      texts: ["Look", "New in store\n5 * 5 cm"],
      cards: [{ texts: ["New in store\n5 * 5 cm"], choices: [{ id: "a" }] }, { choices: [{ id: "b" }] }],
    });
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
