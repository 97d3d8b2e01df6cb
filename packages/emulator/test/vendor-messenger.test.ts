import { createMessenger } from "@quickcard/emulator/vendors";
import { describe, expect, test } from "vitest";
import { clock, day, post, startProgram } from "./vendor-program.ts";

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

  test("an echo has the time of its message, so that who has read up to that has read it", async () => {
    await using program = await startProgram();
    let now = Date.UTC(2026, 10, 1);
    // A clock that moves on at each look.
    const page = createMessenger({ app, accessToken: "token", appSecret: "secret", now: () => now++ });
    await page.subscribe({ url: program.url, verifyToken: "verify" });
    page.customer(psid).type("Hi");
    await post(page, `/v23.0/${page.pageId}/messages`, {
      recipient: { id: psid },
      messaging_type: "RESPONSE",
      message: { text: "Hi" },
    });
    await page.settled();

    const events = program.taken.map(({ body }) => JSON.parse(body).entry[0].messaging[0]);
    const [message] = page.received();
    expect(events.find((event) => event.message?.is_echo).timestamp).toBe(message?.at);
    page.close();
  });
});
