import { createLine, createMessenger, createTelegram, createWhatsApp } from "@quickcard/emulator/vendors";
import { customChannel } from "../../src/channels/custom/custom-channel.ts";
import { lineChannel } from "../../src/channels/line/line-channel.ts";
import { instagramChannel, messengerChannel } from "../../src/channels/messenger/messenger-channel.ts";
import { telegramChannel } from "../../src/channels/telegram/telegram-channel.ts";
import { whatsAppChannel } from "../../src/channels/whatsapp/whatsapp-channel.ts";
import { type ChannelCase, startVendor } from "./channel-case.ts";
import { startCustomProgram } from "./custom-program.ts";

const meta = { accessToken: "test-token", appSecret: "test-secret" };
const verifyToken = "test-verify";

const noWindow = "who has written once can be written to at any time";
const failsAtOnce = "what fails is told in the answer to the send";

export const whatsAppCase: ChannelCase = {
  channel: "whatsapp",
  address: "4915112345678",
  otherAddress: "+49 151 87654321",
  wrongAddress: "Ada",
  async start(world) {
    const templates = [
      { name: "order", language: "en_US", body: "Order {{1}} for {{2}}", buttons: ["Track it"] },
    ];
    const standIn = createWhatsApp({ ...meta, ...world, templates });
    const { phoneNumberId } = standIn;
    return startVendor(
      standIn,
      (baseUrl) => whatsAppChannel({ ...meta, verifyToken, baseUrl, now: world.now, phoneNumberId }),
      (url) => standIn.subscribe({ url, verifyToken }),
    );
  },
  signatureHeader: "x-hub-signature-256",
  signsBody: true,
  tells: { delivered: true, read: true, unreachable: true, name: true },
  laterFailure: "131053",
  evidence: "marks",
  changesThirtyChoices: true,
  longText: 9000,
  exempt: {},
};

const messenger = (channel: "messenger" | "instagram"): ChannelCase => ({
  channel,
  address: "6172839405162738",
  otherAddress: "6172839405162739",
  wrongAddress: "ada",
  async start(world) {
    const standIn = createMessenger({ ...meta, ...world, app: channel });
    const create = channel === "messenger" ? messengerChannel : instagramChannel;
    return startVendor(
      standIn,
      (baseUrl) => create({ ...meta, verifyToken, baseUrl, now: world.now, pageId: standIn.pageId }),
      (url) => standIn.subscribe({ url, verifyToken }),
    );
  },
  signatureHeader: "x-hub-signature-256",
  signsBody: true,
  tells: { delivered: channel === "messenger", read: true, unreachable: true, name: false },
  evidence: "marks",
  changesThirtyChoices: true,
  longText: channel === "messenger" ? 5000 : 2500,
  exempt: { "asynchronous failure": failsAtOnce },
});

export const messengerCase = messenger("messenger");
export const instagramCase = messenger("instagram");

export const lineCase: ChannelCase = {
  channel: "line",
  address: `U${"a".repeat(32)}`,
  otherAddress: `U${"b".repeat(32)}`,
  wrongAddress: "ada",
  async start(world) {
    const account = { channelAccessToken: "test-token", channelSecret: "test-secret" };
    const standIn = createLine({ ...world, ...account });
    return startVendor(
      standIn,
      (baseUrl) => lineChannel({ baseUrl, dataBaseUrl: baseUrl, now: world.now, ...account }),
      (url) => standIn.subscribe(url),
    );
  },
  signatureHeader: "x-line-signature",
  signsBody: true,
  tells: { delivered: false, read: false, unreachable: false, name: false },
  evidence: "retry-key",
  changesThirtyChoices: true,
  // Two requests of at most five messages.
  longText: 31_000,
  exempt: {
    receipts: "LINE tells nothing of what was delivered or read",
    window: noWindow,
    "asynchronous failure": failsAtOnce,
    "unreachable customer": "LINE takes what is sent to who has blocked the account, and does not say so",
  },
};

const token = "42:test-token";

export const telegramCase: ChannelCase = {
  channel: "telegram",
  address: "77001",
  otherAddress: "77002",
  wrongAddress: "@ada",
  async start(world) {
    const webhookSecret = "hook-secret";
    return startVendor(
      createTelegram({ ...world, token }),
      (baseUrl) => telegramChannel({ baseUrl, now: world.now, token, webhookSecret }),
      async (url, baseUrl) => {
        const answer = await fetch(`${baseUrl}/bot${token}/setWebhook`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ url, secret_token: webhookSecret }),
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
    );
  },
  signatureHeader: "x-telegram-bot-api-secret-token",
  signsBody: false,
  tells: { delivered: false, read: false, unreachable: true, name: true },
  evidence: "none",
  changesThirtyChoices: false,
  longText: 9000,
  exempt: {
    receipts: "Telegram tells nothing of what was delivered or read",
    window: noWindow,
    "asynchronous failure": failsAtOnce,
  },
};

export const customCase: ChannelCase = {
  channel: "custom",
  address: "ada",
  otherAddress: "grace",
  wrongAddress: " ",
  async start(world) {
    const secret = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
    const { program, url: programUrl, close } = await startCustomProgram({ ...world, secret });
    return {
      counterpart: program,
      adapter: customChannel({ url: programUrl, secret, now: world.now }),
      subscribe: async (url) => program.subscribe(url),
      close,
    };
  },
  signatureHeader: "webhook-signature",
  signsBody: true,
  tells: { delivered: true, read: true, unreachable: true, name: true },
  laterFailure: "The line is dead.",
  evidence: "retry-key",
  changesThirtyChoices: false,
  longText: 9000,
  exempt: {
    adaptation: "the program is given every content as it is",
    window: noWindow,
    "several parts": "the program is given every content whole",
  },
};
