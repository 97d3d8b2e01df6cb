import { createHmac } from "node:crypto";
import { createLine } from "@quickcard/emulator/vendors";
import { describe, expect, test } from "vitest";
import { clock, day, post, startProgram } from "./vendor-program.ts";

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
