export type { ChannelAdapter } from "./channels/channel.ts";
export { type ChannelSetting, channelSettings, type SetUpChannel } from "./channels/channel-settings.ts";
export { type CustomOptions, customChannel } from "./channels/custom/custom-channel.ts";
export { type LineOptions, lineChannel } from "./channels/line/line-channel.ts";
export {
  instagramChannel,
  type MessengerOptions,
  messengerChannel,
} from "./channels/messenger/messenger-channel.ts";
export { readChannels } from "./channels/read-channels.ts";
export { type TelegramOptions, telegramChannel } from "./channels/telegram/telegram-channel.ts";
export { webChannel } from "./channels/web/web-channel.ts";
export { type WhatsAppOptions, whatsAppChannel } from "./channels/whatsapp/whatsapp-channel.ts";
export { type DoctorOptions, examineLink } from "./doctor/examine-link.ts";
export type { DoctorCheck, Finding } from "./doctor/finding.ts";
export { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";
export {
  DataInUseError,
  DataTooNewError,
  DataUnavailableError,
  GatewayError,
  OptionError,
  PortUnavailableError,
  StoreUnavailableError,
} from "./gateway-error.ts";
export { type MessageTemplate, readTemplates } from "./genesys-cloud/bots/message-templates.ts";
export type { LinkIntegration } from "./genesys-cloud/integrations.ts";
export type { LinkPolicy } from "./genesys-cloud/link-policy.ts";
export type { GenesysCloudLinkOptions } from "./genesys-cloud/link-settings.ts";
export { type Certainty, type LiveOperation, liveOperations } from "./genesys-cloud/live-operations.ts";
export { createLogger, type LogLevel } from "./log.ts";
export {
  type ClientRegistry,
  type CreatedClient,
  createClientRegistry,
  type NewClient,
  openClientRegistry,
  type RegisteredClient,
} from "./oauth/client-registry.ts";
export { type RunningGateway, type ServeOptions, serve } from "./serve.ts";
export {
  type HubSignatureFault,
  type HubSignatureResult,
  verifyHubSignature,
} from "./signatures/hub-signature.ts";
export { openPostgresStore, type PostgresStoreOptions } from "./store/postgres/open-postgres-store.ts";
export { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
