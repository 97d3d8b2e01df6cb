import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmulatorDataInUseError } from "@quickcard/emulator";
import {
  createLine,
  createMessenger,
  createTelegram,
  createWhatsApp,
  type StandIn,
  type StandInWorld,
} from "@quickcard/emulator/vendors";
import { afterAll, describe, expect, test } from "vitest";
import { clock, day, post, startProgram } from "./vendor-program.ts";

const folder = mkdtempSync(join(tmpdir(), "quickcard-vendors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const meta = { accessToken: "token", appSecret: "secret" };
const telegramPath = "/bot42:secret";

interface Kept {
  address: string;
  open(world: StandInWorld): StandIn;
  /** Asks the customer something, whose answer is "yes". */
  ask(standIn: StandIn, to: string): ReturnType<typeof post>;
  /** Whether somebody who has written long ago cannot be written to. */
  hasWindow: boolean;
}

const asksOnMeta: Kept["ask"] = (standIn, to) =>
  post(standIn, `/v23.0/${(standIn as ReturnType<typeof createMessenger>).pageId}/messages`, {
    recipient: { id: to },
    messaging_type: "RESPONSE",
    message: { text: "Shall we?", quick_replies: [{ content_type: "text", title: "Yes", payload: "yes" }] },
  });

const kept: Record<string, Kept> = {
  whatsapp: {
    address: "4915112345678",
    open: (world) => createWhatsApp({ ...meta, ...world }),
    ask: (standIn, to) =>
      post(standIn, "/v23.0/106540352242922/messages", {
        messaging_product: "whatsapp",
        to,
        type: "interactive",
        interactive: {
          type: "button",
          body: { text: "Shall we?" },
          action: { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] },
        },
      }),
    // Told afterwards, and not in the answer.
    hasWindow: false,
  },
  messenger: {
    address: "6172839405162738",
    open: (world) => createMessenger({ ...meta, ...world }),
    ask: asksOnMeta,
    hasWindow: true,
  },
  instagram: {
    address: "6172839405162738",
    open: (world) => createMessenger({ ...meta, ...world, app: "instagram" }),
    ask: asksOnMeta,
    hasWindow: true,
  },
  line: {
    address: `U${"a".repeat(32)}`,
    open: (world) => createLine({ channelAccessToken: "token", channelSecret: "secret", ...world }),
    ask: (standIn, to) =>
      post(standIn, "/v2/bot/message/push", {
        to,
        messages: [
          {
            type: "text",
            text: "Shall we?",
            quickReply: {
              items: [{ type: "action", action: { type: "postback", label: "Yes", data: "yes" } }],
            },
          },
        ],
      }),
    hasWindow: false,
  },
  telegram: {
    address: "77001",
    open: (world) => createTelegram({ token: "42:secret", ...world }),
    ask: (standIn, to) =>
      post(standIn, `${telegramPath}/sendMessage`, {
        chat_id: Number(to),
        text: "Shall we?",
        reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "yes" }]] },
      }),
    hasWindow: false,
  },
};

describe.each(Object.entries(kept))("on a file, %s", (vendor, { address, open, ask, hasWindow }) => {
  test("goes on after a restart: the chat is there, the customer can be written to, and taps what was sent before", async () => {
    const { time, world } = clock();
    const file = join(folder, `${vendor}.jsonl`);
    const first = open({ ...world, file });
    first.customer(address, "Ada").type("Hello");
    expect((await ask(first, address)).status).toBe(200);
    first.customer(address).read();
    const before = first.chat(address);
    expect(() => open({ ...world, file })).toThrow(EmulatorDataInUseError);
    first.close();

    const second = open({ ...world, file });
    expect(second.chat(address)).toEqual(before);
    expect(second.customers()).toEqual([{ address, name: "Ada" }]);
    expect((await ask(second, address)).status).toBe(200);
    const [earlier, later] = second.received(address);
    expect(earlier?.id).not.toBe(later?.id);
    expect(later?.status).toBe("delivered");
    second.customer(address).tap(earlier?.id ?? "", "yes");
    expect(second.chat(address).at(-1)).toMatchObject({
      from: "customer",
      doing: { type: "tap", label: "Yes" },
    });
    time.now += 2 * day;
    if (hasWindow) expect((await ask(second, address)).status).toBe(400);
    second.close();
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

test("Telegram gives no number twice, and a customer who has blocked the bot has done so after a restart too", async () => {
  const file = join(folder, "numbers.jsonl");
  await using program = await startProgram();
  const { world } = clock();
  const numbers = async () => {
    const telegram = createTelegram({ token: "42:secret", ...world, file });
    await post(telegram, `${telegramPath}/setWebhook`, { url: program.url });
    telegram.customer("77001", "Ada").type("Hello");
    await telegram.settled();
    telegram.customer("77002").type("Hello");
    telegram.customer("77002").block();
    telegram.close();
  };
  await numbers();
  await numbers();

  const telegram = createTelegram({ token: "42:secret", ...world, file });
  const told = program.taken.map(({ body }) => JSON.parse(body));
  expect(told.length).toBeGreaterThan(1);
  expect(new Set(told.map(({ update_id }) => update_id)).size).toBe(told.length);
  expect(new Set(told.map(({ message }) => message.message_id)).size).toBe(told.length);
  const blocked = await post(telegram, `${telegramPath}/sendMessage`, { chat_id: 77002, text: "Hi" });
  expect(blocked.body.description).toContain("blocked");
  telegram.close();
});
