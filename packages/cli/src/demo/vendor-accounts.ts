import { randomBytes } from "node:crypto";
import type { StandIn, Vendor } from "@quickcard/emulator/vendors";
import type { ChannelAdapter } from "@quickcard/gateway";

/** An account at a vendor's stand-in that does not listen yet, and how a gateway joins it. Its secrets are new. */
interface VendorAccount {
  readonly standIn: StandIn;
  createAdapter(vendorUrl: string): ChannelAdapter;
  /** Tells the vendor where the gateway's webhook is. */
  subscribe(webhookUrl: string, vendorUrl: string): Promise<void> | void;
}

/** Opens an account at each vendor, whose stand-in keeps its chats in a file. */
export const vendorAccounts: Readonly<Record<Vendor, (file: string) => Promise<VendorAccount>>> = {
  whatsapp: openWhatsApp,
  messenger: (file) => openMessenger("messenger", file),
  instagram: (file) => openMessenger("instagram", file),
  line: openLine,
  telegram: openTelegram,
};

const createSecret = () => randomBytes(24).toString("base64url");
const createMetaSecrets = () => ({ accessToken: createSecret(), appSecret: createSecret() });

async function openWhatsApp(file: string): Promise<VendorAccount> {
  const { createWhatsApp, whatsAppChannel } = await loadBoth();
  const [secrets, verifyToken] = [createMetaSecrets(), createSecret()];
  const standIn = createWhatsApp({ ...secrets, file });
  const { phoneNumberId } = standIn;
  return {
    standIn,
    createAdapter: (baseUrl) => whatsAppChannel({ ...secrets, verifyToken, phoneNumberId, baseUrl }),
    subscribe: (url) => standIn.subscribe({ url, verifyToken }),
  };
}

async function openMessenger(app: "messenger" | "instagram", file: string): Promise<VendorAccount> {
  const { createMessenger, messengerChannel, instagramChannel } = await loadBoth();
  const [secrets, verifyToken] = [createMetaSecrets(), createSecret()];
  const standIn = createMessenger({ ...secrets, app, file });
  const { pageId } = standIn;
  const createChannel = app === "messenger" ? messengerChannel : instagramChannel;
  return {
    standIn,
    createAdapter: (baseUrl) => createChannel({ ...secrets, verifyToken, pageId, baseUrl }),
    subscribe: (url) => standIn.subscribe({ url, verifyToken }),
  };
}

async function openLine(file: string): Promise<VendorAccount> {
  const { createLine, lineChannel } = await loadBoth();
  const secrets = { channelAccessToken: createSecret(), channelSecret: createSecret() };
  const standIn = createLine({ ...secrets, file });
  return {
    standIn,
    createAdapter: (baseUrl) => lineChannel({ ...secrets, baseUrl, dataBaseUrl: baseUrl }),
    subscribe: (url) => standIn.subscribe(url),
  };
}

async function openTelegram(file: string): Promise<VendorAccount> {
  const { createTelegram, telegramChannel } = await loadBoth();
  const [token, webhookSecret] = [`42:${createSecret()}`, createSecret()];
  return {
    standIn: createTelegram({ token, file }),
    createAdapter: (baseUrl) => telegramChannel({ token, webhookSecret, baseUrl }),
    async subscribe(url, vendorUrl) {
      const body = JSON.stringify({ url, secret_token: webhookSecret });
      const answer = await fetch(`${vendorUrl}/bot${token}/setWebhook`, { method: "POST", body });
      if (!answer.ok) throw new Error(`setWebhook was answered with ${answer.status}.`);
      await answer.body?.cancel();
    },
  };
}

async function loadBoth() {
  return { ...(await import("@quickcard/emulator/vendors")), ...(await import("@quickcard/gateway")) };
}
