import { createTelegram } from "@quickcard/emulator/vendors";
import { describe, expect, test } from "vitest";
import { clock, post, startProgram } from "./vendor-program.ts";

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
