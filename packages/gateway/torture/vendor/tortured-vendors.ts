import { createTelegram, createWhatsApp, type StandIn, type StandInWorld } from "@quickcard/emulator/vendors";
import { telegramChannel, whatsAppChannel } from "@quickcard/gateway";
import type { ChannelAdapter } from "#gateway/channels/channel.ts";

/** A channel whose real adapter is tortured, with the stand-in of its vendor. */
export interface TorturedVendor {
  /** Whether the vendor tells of what it has, so that nothing of that stays unknown. */
  tells: boolean;
  addressOf(customer: number): string;
  createStandIn(world: StandInWorld): StandIn;
  subscribe(standIn: StandIn, settings: { webhookUrl: string; vendorUrl: string }): Promise<void>;
  createAdapter(baseUrl: string): ChannelAdapter;
}

const meta = { accessToken: "token", appSecret: "secret" };
const verifyToken = "verify";
const phoneNumberId = "106540352242922";
const telegram = { token: "42:secret", webhookSecret: "hook" };

export const torturedVendors = {
  whatsapp: {
    tells: true,
    addressOf: (customer) => String(4_915_100_000_000 + customer),
    createStandIn: (world) => createWhatsApp({ ...world, ...meta, phoneNumberId, throughput: 1_000_000 }),
    subscribe: (standIn, { webhookUrl: url }) =>
      (standIn as ReturnType<typeof createWhatsApp>).subscribe({ url, verifyToken }),
    createAdapter: (baseUrl) => whatsAppChannel({ ...meta, verifyToken, phoneNumberId, baseUrl }),
  },
  telegram: {
    tells: false,
    addressOf: (customer) => String(77_000 + customer),
    createStandIn: (world) =>
      createTelegram({ ...world, token: telegram.token, throughput: 1_000_000, chatBurst: 1_000_000 }),
    async subscribe(_, { webhookUrl, vendorUrl }) {
      const body = JSON.stringify({ url: webhookUrl, secret_token: telegram.webhookSecret });
      await fetch(`${vendorUrl}/bot${telegram.token}/setWebhook`, { method: "POST", body });
    },
    createAdapter: (baseUrl) => telegramChannel({ ...telegram, baseUrl }),
  },
} as const satisfies Record<string, TorturedVendor>;

export type TorturedVendorName = keyof typeof torturedVendors;
