import {
  createTelegram,
  createWhatsApp,
  type StandIn,
  type StandInWorld,
  startStandIn,
} from "@quickcard/emulator/vendors";
import { customChannel, telegramChannel, whatsAppChannel } from "@quickcard/gateway";
import type { ChannelAdapter } from "#gateway/channels/channel.ts";
import { startCustomProgram } from "../../test/channel-conformance/custom-program.ts";

/** A stand-in that listens. */
export interface RunningVendor {
  standIn: Pick<StandIn, "customer" | "received" | "fault" | "settled">;
  url: string;
  /** Tells it where its webhooks go. */
  subscribe(webhookUrl: string): Promise<void>;
  close(): Promise<void>;
}

/** A channel whose real adapter is tortured, with the stand-in of its vendor. */
export interface TorturedVendor {
  /** Whether no doubt stays of what the vendor has: it tells of that, or may be sent the same again. */
  clearsUp: boolean;
  addressOf(customer: number): string;
  start(world: Required<Pick<StandInWorld, "now" | "sleep">>): Promise<RunningVendor>;
  createAdapter(baseUrl: string): ChannelAdapter;
}

const meta = { accessToken: "token", appSecret: "secret" };
const verifyToken = "verify";
const phoneNumberId = "106540352242922";
const telegram = { token: "42:secret", webhookSecret: "hook" };
const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;

export const torturedVendors = {
  whatsapp: {
    clearsUp: true,
    addressOf: (customer) => String(4_915_100_000_000 + customer),
    async start(world) {
      const standIn = createWhatsApp({ ...world, ...meta, phoneNumberId, throughput: 1_000_000 });
      const running = await startStandIn(standIn);
      return { ...running, standIn, subscribe: (url) => standIn.subscribe({ url, verifyToken }) };
    },
    createAdapter: (baseUrl) => whatsAppChannel({ ...meta, verifyToken, phoneNumberId, baseUrl }),
  },
  telegram: {
    clearsUp: false,
    addressOf: (customer) => String(77_000 + customer),
    async start(world) {
      const { token, webhookSecret } = telegram;
      const standIn = createTelegram({ ...world, token, throughput: 1_000_000, chatBurst: 1_000_000 });
      const running = await startStandIn(standIn);
      return {
        ...running,
        standIn,
        async subscribe(url) {
          const body = JSON.stringify({ url, secret_token: webhookSecret });
          await fetch(`${running.url}/bot${token}/setWebhook`, { method: "POST", body });
        },
      };
    },
    createAdapter: (baseUrl) => telegramChannel({ ...telegram, baseUrl }),
  },
  custom: {
    clearsUp: true,
    addressOf: (customer) => `customer-${customer}`,
    async start(world) {
      const { program, ...running } = await startCustomProgram({ ...world, secret });
      return { ...running, standIn: program, subscribe: async (url) => program.subscribe(url) };
    },
    createAdapter: (url) => customChannel({ url, secret }),
  },
} as const satisfies Record<string, TorturedVendor>;

export type TorturedVendorName = keyof typeof torturedVendors;
