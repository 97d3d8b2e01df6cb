import {
  createLine,
  createMessenger,
  createTelegram,
  createWhatsApp,
  type Line,
  type Messenger,
  type WhatsApp,
} from "@quickcard/emulator/vendors";
import { lineChannel } from "../../src/channels/line/line-channel.ts";
import { instagramChannel, messengerChannel } from "../../src/channels/messenger/messenger-channel.ts";
import { telegramChannel } from "../../src/channels/telegram/telegram-channel.ts";
import { whatsAppChannel } from "../../src/channels/whatsapp/whatsapp-channel.ts";
import type { ChannelCase } from "./channel-world.ts";

const meta = { accessToken: "test-token", appSecret: "test-secret" };
const verifyToken = "test-verify";

export const whatsAppCase: ChannelCase = {
  channel: "whatsapp",
  address: "4915112345678",
  otherAddress: "+49 151 87654321",
  wrongAddress: "Ada",
  createStandIn: (world) =>
    createWhatsApp({
      ...meta,
      ...world,
      templates: [{ name: "order", language: "en_US", body: "Order {{1}} for {{2}}", buttons: ["Track it"] }],
    }),
  createAdapter: ({ baseUrl, now, standIn }) =>
    whatsAppChannel({
      ...meta,
      verifyToken,
      baseUrl,
      now,
      phoneNumberId: (standIn as WhatsApp).phoneNumberId,
    }),
  subscribe: (standIn, { url }) => (standIn as WhatsApp).subscribe({ url, verifyToken }),
  signatureHeader: "x-hub-signature-256",
  tells: { delivered: true, read: true, failure: true, name: true },
  evidence: "marks",
  hasWindow: true,
  longText: 9000,
};

const messenger = (channel: "messenger" | "instagram"): ChannelCase => ({
  channel,
  address: "6172839405162738",
  otherAddress: "6172839405162739",
  wrongAddress: "ada",
  createStandIn: (world) => createMessenger({ ...meta, ...world, app: channel }),
  createAdapter: ({ baseUrl, now, standIn }) => {
    const options = { ...meta, verifyToken, baseUrl, now, pageId: (standIn as Messenger).pageId };
    return channel === "messenger" ? messengerChannel(options) : instagramChannel(options);
  },
  subscribe: (standIn, { url }) => (standIn as Messenger).subscribe({ url, verifyToken }),
  signatureHeader: "x-hub-signature-256",
  tells: { delivered: channel === "messenger", read: true, failure: false, name: false },
  evidence: "marks",
  hasWindow: true,
  longText: channel === "messenger" ? 5000 : 2500,
});

export const messengerCase = messenger("messenger");
export const instagramCase = messenger("instagram");

export const lineCase: ChannelCase = {
  channel: "line",
  address: `U${"a".repeat(32)}`,
  otherAddress: `U${"b".repeat(32)}`,
  wrongAddress: "ada",
  createStandIn: (world) =>
    createLine({ ...world, channelAccessToken: "test-token", channelSecret: "test-secret" }),
  createAdapter: ({ baseUrl, now }) =>
    lineChannel({ baseUrl, now, channelAccessToken: "test-token", channelSecret: "test-secret" }),
  subscribe: async (standIn, { url }) => (standIn as Line).subscribe(url),
  signatureHeader: "x-line-signature",
  tells: { delivered: false, read: false, failure: false, name: false },
  evidence: "retry-key",
  hasWindow: false,
  // Two requests of at most five messages.
  longText: 31_000,
};

const token = "42:test-token";

export const telegramCase: ChannelCase = {
  channel: "telegram",
  address: "77001",
  otherAddress: "77002",
  wrongAddress: "@ada",
  createStandIn: (world) => createTelegram({ ...world, token }),
  createAdapter: ({ baseUrl, now }) => telegramChannel({ baseUrl, now, token, webhookSecret: "hook-secret" }),
  async subscribe(_, { url, vendorUrl }) {
    const answer = await fetch(`${vendorUrl}/bot${token}/setWebhook`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url, secret_token: "hook-secret" }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  },
  signatureHeader: "x-telegram-bot-api-secret-token",
  tells: { delivered: false, read: false, failure: false, name: true },
  evidence: "none",
  hasWindow: false,
  longText: 9000,
};
