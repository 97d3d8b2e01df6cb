import { type CallOptions, type CallRoute, createCallRoute } from "../call-route.ts";
import type { ClientInternals } from "../client.ts";
import type { ClientSettings } from "../client-settings.ts";
import { createPlainSend, createSend } from "../create-send.ts";
import { readGenesysCloudRefusal } from "../refusals/genesys-cloud-refusal.ts";
import { systemTimeAndChance } from "../time-and-chance.ts";
import type { OutgoingMessageRequest, OutgoingMessageResponse } from "./bot-connector.ts";
import { callOperation } from "./call-operation.ts";
import { GenesysCloudConversations } from "./genesys-cloud-conversations.ts";
import { GenesysCloudIntegrations } from "./genesys-cloud-integrations.ts";
import { type CommunicationIds, GenesysCloudMessages } from "./genesys-cloud-messages.ts";
import { type GenesysCloudOptions, readGenesysCloudOptions } from "./genesys-cloud-options.ts";
import type { IpAddressRangeListing, TokenInfo } from "./integrations.ts";
import { OpenMessaging } from "./open-messaging.ts";
import { operations } from "./operations.ts";
import { type MediaFile, uploadMedia } from "./upload-media.ts";

/**
 * Genesys Cloud's published API, as far as it concerns messaging, over the same layers as `OpenMessagingClient`: tokens,
 * repetitions, pace, typed errors. A request whose fate is unknown is repeated only where twice comes to the same.
 *
 * @example
 * const genesysCloud = new GenesysCloud({ region: "eu_central_1", clientId, clientSecret });
 * await genesysCloud.openMessaging.receiveMessage(integrationId, {
 *   channel: { from: { id: "customer-42", idType: "Opaque" }, time: new Date().toISOString(), messageId: "1" },
 *   text: "Hello",
 * });
 */
export class GenesysCloud {
  /** What customers do. */
  readonly openMessaging: OpenMessaging;
  /** What is said to them. */
  readonly messages: GenesysCloudMessages;
  readonly conversations: GenesysCloudConversations;
  readonly integrations: GenesysCloudIntegrations;
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;
  readonly #settings: ClientSettings;
  readonly #internals: ClientInternals;
  readonly #callRoute: CallRoute;

  /** @throws ConfigurationError */
  constructor(options: GenesysCloudOptions, internals: ClientInternals = {}) {
    const settings = readGenesysCloudOptions(options);
    const { baseUrl, timeoutMs } = settings;
    const time = internals.time ?? systemTimeAndChance;
    const send = createSend(settings, readGenesysCloudRefusal, time);
    const callRoute = createCallRoute({ baseUrl, timeoutMs, send, time });
    this.#settings = settings;
    this.#internals = internals;
    this.#callRoute = callRoute;
    this.baseUrl = baseUrl;
    this.openMessaging = new OpenMessaging(callRoute);
    this.messages = new GenesysCloudMessages(callRoute);
    this.conversations = new GenesysCloudConversations(callRoute);
    this.integrations = new GenesysCloudIntegrations(callRoute, time, timeoutMs);
  }

  /** Uploads a file for an agent's message; what it returns goes into `mediaIds`. Needs `conversation:message:create`. */
  uploadMedia(ids: CommunicationIds, file: MediaFile, options: CallOptions = {}): Promise<string> {
    const time = this.#internals.time ?? systemTimeAndChance;
    const send = createPlainSend(this.#settings, readGenesysCloudRefusal, time);
    const { timeoutMs } = this.#settings;
    return uploadMedia({ messages: this.messages, send, time, timeoutMs }, ids, file, options);
  }

  /** Whose the token is: organisation and OAuth client. Needs no permission. */
  getTokenInfo(options: CallOptions = {}): Promise<TokenInfo> {
    return callOperation(this.#callRoute, operations.getTokenInfo, {}, options);
  }

  /** From which addresses Genesys Cloud calls: `service` `open-messaging` is that of webhooks. Needs no permission. */
  getIpRanges(options: CallOptions = {}): Promise<IpAddressRangeListing> {
    return callOperation(this.#callRoute, operations.getIpRanges, {}, options);
  }

  /**
   * Says something as a bot in a session of the Digital Bot Connector: a preview of the platform, by subscription.
   * Needs the permission `integration:botconnector:send`. Never repeated where its fate is unknown.
   */
  sendAsBot(body: OutgoingMessageRequest, options: CallOptions = {}): Promise<OutgoingMessageResponse> {
    return callOperation(this.#callRoute, operations.postBotConnectorMessage, { body }, options);
  }

  /** Lets go of open connections once what is in flight is done. */
  async close(): Promise<void> {
    await this.#settings.transport.close?.();
  }

  /** What `console.log` prints: never the secret or a token. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `GenesysCloud { baseUrl: ${JSON.stringify(this.baseUrl)} }`;
  }
}
