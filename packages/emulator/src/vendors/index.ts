export { ConnectionCutError, type Fault, faults } from "./fault-queue.ts";
export { createLine, type Line, type LineOptions } from "./line/line.ts";
export type { MetaApp } from "./messenger/message-schema.ts";
export { createMessenger, type Messenger, type MessengerOptions } from "./messenger/messenger.ts";
export type { HubSubscription } from "./meta/hub-webhook.ts";
export {
  type Customer,
  type CustomerMedia,
  type ReceivedMessage,
  type Shown,
  type ShownChoice,
  type StandIn,
  type StandInWorld,
  type Vendor,
  type VendorStatus,
  vendors,
} from "./stand-in.ts";
export { type RunningStandIn, type StandInOptions, startStandIn } from "./start-stand-in.ts";
export { createTelegram, type Telegram, type TelegramOptions } from "./telegram/telegram.ts";
export type { WebhookAttempt } from "./webhook-outbox.ts";
export type { WhatsAppTemplate } from "./whatsapp/template.ts";
export { createWhatsApp, type WhatsApp, type WhatsAppOptions } from "./whatsapp/whatsapp.ts";
