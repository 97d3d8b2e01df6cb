import {
  createLine,
  createMessenger,
  createTelegram,
  createWhatsApp,
  type ReceivedMessage,
  type StandIn,
  type StandInWorld,
  type Vendor,
  vendors,
} from "@quickcard/emulator/vendors";
import type { ChannelAdapter } from "../../src/channels/channel.ts";
import type { ChannelHttp } from "../../src/channels/channel-http.ts";
import { customChannel } from "../../src/channels/custom/custom-channel.ts";
import { lineChannel } from "../../src/channels/line/line-channel.ts";
import { instagramChannel, messengerChannel } from "../../src/channels/messenger/messenger-channel.ts";
import { telegramChannel } from "../../src/channels/telegram/telegram-channel.ts";
import { whatsAppChannel } from "../../src/channels/whatsapp/whatsapp-channel.ts";
import { CustomProgram, type ProgramStandIn } from "../channel-conformance/custom-program.ts";

/** What is simulated: every vendor, and a program with a channel of its own. */
export const simulatedNames = [...vendors, "custom"] as const;

export type SimulatedName = Vendor | "custom";

/** A vendor's stand-in beside the adapter that leads to it. */
export interface SimulatedVendor {
  standIn: StandIn | ProgramStandIn;
  addresses: readonly [string, ...string[]];
  createAdapter(http: ChannelHttp, now: () => number): ChannelAdapter;
  subscribe(): Promise<void>;
  /** The most words of a text that makes several parts. */
  longText: number;
  /** What the adapter planned of a bubble: what was received without its envelope. */
  bubbleOf(message: ReceivedMessage): unknown;
  /** The bubbles of a part as it was planned. */
  bubblesOf(part: unknown): unknown[];
}

const baseUrl = "https://vendor.test";
const url = "https://gateway.test/webhook";
const verifyToken = "verify";
const meta = { accessToken: "token", appSecret: "secret" };

/** Shared by the gateway and the program of the custom channel. */
export const customSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** A body without some of its fields. */
function without(body: unknown, ...names: string[]): unknown {
  return Object.fromEntries(Object.entries(body as object).filter(([name]) => !names.includes(name)));
}

const one = (part: unknown): unknown[] => [part];

function messenger(world: StandInWorld, app: "messenger" | "instagram"): SimulatedVendor {
  const standIn = createMessenger({ ...world, ...meta, app });
  const create = app === "messenger" ? messengerChannel : instagramChannel;
  const { pageId } = standIn;
  return {
    standIn,
    addresses: ["71", "72", "73"],
    createAdapter: (http, now) => create({ ...meta, verifyToken, baseUrl, now, pageId }, http),
    subscribe: () => standIn.subscribe({ url, verifyToken }),
    bubbleOf: ({ body }) => without((body as { message: unknown }).message, "metadata"),
    bubblesOf: one,
    longText: 1500,
  };
}

/** How each vendor is simulated. */
export const simulatedVendors: Readonly<
  Record<SimulatedName, (world: Required<Omit<StandInWorld, "file">>) => SimulatedVendor>
> = {
  whatsapp(world) {
    const standIn = createWhatsApp({ ...world, ...meta });
    const { phoneNumberId } = standIn;
    const envelope = ["messaging_product", "recipient_type", "to", "biz_opaque_callback_data"];
    return {
      standIn,
      addresses: ["4915100001", "4915100002", "4915100003"],
      createAdapter: (http, now) =>
        whatsAppChannel({ ...meta, verifyToken, baseUrl, now, phoneNumberId }, http),
      subscribe: () => standIn.subscribe({ url, verifyToken }),
      bubbleOf: ({ body }) => without(body, ...envelope),
      bubblesOf: one,
      longText: 3000,
    };
  },
  messenger: (world) => messenger(world, "messenger"),
  instagram: (world) => messenger(world, "instagram"),
  line(world) {
    const account = { channelAccessToken: "token", channelSecret: "secret" };
    const standIn = createLine({ ...world, ...account });
    return {
      standIn,
      addresses: [`U${"a".repeat(32)}`, `U${"b".repeat(32)}`, `U${"c".repeat(32)}`],
      createAdapter: (http, now) => lineChannel({ ...account, baseUrl, now }, http),
      subscribe: async () => standIn.subscribe(url),
      bubbleOf: ({ body }) => body,
      bubblesOf: (part) => part as unknown[],
      // More than five messages, which is what goes with one request.
      longText: 6000,
    };
  },
  telegram(world) {
    const token = "42:secret";
    const webhookSecret = "hook";
    const standIn = createTelegram({ ...world, token });
    return {
      standIn,
      addresses: ["77001", "77002", "77003"],
      createAdapter: (http, now) => telegramChannel({ token, webhookSecret, baseUrl, now }, http),
      async subscribe() {
        const body = JSON.stringify({ url, secret_token: webhookSecret });
        await standIn.fetch(new Request(`${baseUrl}/bot${token}/setWebhook`, { method: "POST", body }));
      },
      bubbleOf: ({ body }) => without(body, "chat_id"),
      bubblesOf: one,
      longText: 3000,
    };
  },
  custom(world) {
    const secret = customSecret;
    const program = new CustomProgram({ ...world, secret });
    return {
      standIn: program,
      addresses: ["ada", "grace", "joan"],
      createAdapter: (http, now) => customChannel({ url: `${baseUrl}/`, secret, now }, http),
      subscribe: async () => program.subscribe(url),
      bubbleOf: ({ body }) => body,
      // It is given every content whole.
      bubblesOf: one,
      longText: 3000,
    };
  },
};
