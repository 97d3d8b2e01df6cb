import { type Meter, metrics } from "@opentelemetry/api";
import type { Logger } from "pino";
import type { ChannelAdapter } from "./channels/channel.ts";
import { webChannel } from "./channels/web/web-channel.ts";
import { type DeliveryPolicy, deliveryPolicyFor } from "./delivery/delivery-policy.ts";
import { DeliveryWorker } from "./delivery/delivery-worker.ts";
import { systemWorld } from "./delivery/system-world.ts";
import { errorForLog } from "./error-for-log.ts";
import { TypingSignals } from "./events/typing-signals.ts";
import type { LinkPolicy } from "./genesys-cloud/link-policy.ts";
import type { GenesysCloudLinkOptions } from "./genesys-cloud/link-settings.ts";
import { createLink } from "./genesys-cloud/start-link.ts";
import type { MediaUrl } from "./genesys-cloud/telling/telling.ts";
import type { TargetRules } from "./guarded-http/target-rules.ts";
import { mountRoutes } from "./http/mount-routes.ts";
import { toOpenApi } from "./http/openapi.ts";
import type { AnyRoute } from "./http/route.ts";
import type { ServerContext } from "./http/server-context.ts";
import { settlementLog } from "./log.ts";
import { mediaGiver } from "./media/give-media.ts";
import { mediaPath } from "./media/media-link.ts";
import { type MediaSources, mediaSources } from "./media/media-sources.ts";
import { gatewayMetrics } from "./metrics/gateway-metrics.ts";
import { scopes } from "./oauth/scopes.ts";
import { outageLog } from "./outage-log.ts";
import { analyticsRoutes } from "./routes/analytics-routes.ts";
import { channelRoutes } from "./routes/channel-routes.ts";
import { type Agents, chatRoutes } from "./routes/chat-routes.ts";
import { contactRoutes } from "./routes/contact-routes.ts";
import { deadLetterRoutes } from "./routes/dead-letter-routes.ts";
import { errorBodySchema } from "./routes/error-schema.ts";
import { eventRoutes } from "./routes/event-routes.ts";
import { healthRoutes } from "./routes/health-routes.ts";
import { mediaLinkRoute, messageMediaRoute } from "./routes/media-routes.ts";
import { messageRoutes } from "./routes/message-routes.ts";
import { oauthRoutes } from "./routes/oauth-routes.ts";
import { pageRoutes } from "./routes/page-routes.ts";
import { type Channels, planMessage } from "./routes/plan-message.ts";
import { toEvent } from "./routes/resources.ts";
import { subscriptionRoutes } from "./routes/subscription-routes.ts";
import type { Settlement, Store } from "./store/store.ts";
import { defaultNotificationPolicy, type NotificationPolicy } from "./subscriptions/notification-policy.ts";
import { type Subscriptions, startSubscriptions } from "./subscriptions/start-subscriptions.ts";
import { startSweeper } from "./sweeper.ts";
import { version } from "./version.ts";

/** What a gateway is made from. */
export interface GatewayOptions {
  store: Store;
  logger: Logger;
  /** Requests a minute for each token. */
  rateLimitPerMinute: number;
  /** Whether messages may name `http:` addresses. */
  allowHttpMedia: boolean;
  /** The origins whose pages may show the customer's page in a frame. Default: none. */
  chatFrameOrigins?: readonly string[];
  /** The ways to customers. Default: the web channel. */
  channels?: readonly ChannelAdapter[];
  /** What of delivery is steered otherwise than by default. */
  deliveryPolicy?: Partial<DeliveryPolicy>;
  /** What of webhooks to subscribers, and of telling Genesys Cloud, is steered otherwise than by default. */
  notificationPolicy?: Partial<NotificationPolicy>;
  /** Where webhooks may go. Default: to public `https:` addresses. */
  webhookTargets?: TargetRules;
  /** How long messages are kept once they are finished. Default: for ever. */
  retentionMs?: number;
  /** The link to an organisation of Genesys Cloud. */
  genesysCloud?: GenesysCloudLinkOptions & { spoolDirectory: string; policy?: Partial<LinkPolicy> };
  /** What links begin with. Default: the origin of each request. */
  publicUrl?: string;
  /** What measures requests and deliveries. Default: the one that the program registered with OpenTelemetry, if any. */
  meter?: Meter;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds that never go back. */
  monotonicNow: () => number;
}

/** A running gateway without a port: a server, or a test, hands it requests. */
export interface Gateway {
  fetch(request: Request): Promise<Response>;
  /** Resolves once Genesys Cloud misses nothing that happens: before that, nobody should be let in. */
  ready(): Promise<void>;
  /** Ends open streams politely and refuses to be called ready; requests are still answered. */
  beginStop(): void;
  /** Finishes deliveries that are in flight and lets go of the store. */
  close(): Promise<void>;
}

/**
 * Starts a gateway on a store.
 *
 * @throws OptionError where the delivery policy does not fit the channels.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { store, now, monotonicNow, rateLimitPerMinute, publicUrl } = options;
  const logger = options.logger.child({}, { serializers: { err: errorForLog } });
  const stop = new AbortController();
  const meter = options.meter ?? metrics.getMeter("@quickcard/gateway", version);
  const measured = gatewayMetrics(meter, now);
  const server = { store, logger, now, rateLimitPerMinute, publicUrl, onAnswered: measured.onAnswered };
  const world = systemWorld(monotonicNow);
  const onError = outageLog({ logger, world, stop: stop.signal });
  const ground = { store, now, world, onError };
  const rules = options.webhookTargets ?? { allowPrivate: false, allowHttp: false };
  const adapters = options.channels ?? [webChannel];
  const policy = deliveryPolicyFor(adapters, options.deliveryPolicy);
  const channels = new Map(adapters.map((channel) => [channel.name, channel]));
  const typing = new TypingSignals(store.signals);
  const link =
    options.genesysCloud &&
    createLink({
      ...ground,
      ...options.genesysCloud,
      allowHttp: options.allowHttpMedia,
      plan: (message) => planMessage({ store, channels }, message, {}),
      mediaUrl: mediaUrls(mediaSources(channels, store), publicUrl),
      onTyping: (contactId, durationMs) => typing.tell(contactId, durationMs),
      ...(options.notificationPolicy ? { notificationPolicy: options.notificationPolicy } : {}),
    });
  const subscriptions = startSubscriptions({
    ...ground,
    rules,
    toEvent,
    policy: { ...defaultNotificationPolicy, ...options.notificationPolicy },
  });
  const webhooks = { rules, sender: subscriptions.sender };
  const routes = allRoutes(server, options, { webhooks, channels, agents: link, typing }, stop.signal);
  const app = mountRoutes([...routes, ...(link?.routes ?? [])], server);
  const linked = link?.start();
  const logSettlement = settlementLog(logger);
  const onSettled = (settlement: Settlement) => {
    logSettlement(settlement);
    measured.onSettled(settlement);
  };
  const worker = new DeliveryWorker({ store, channels: adapters, policy, world, onError, onSettled });
  worker.start();
  const sweeper = startSweeper({ ...ground, retentionMs: options.retentionMs });
  return {
    fetch: async (request) => app.fetch(request),
    async ready() {
      await linked;
    },
    beginStop: () => stop.abort(),
    async close() {
      stop.abort();
      await Promise.all([worker.stop(), subscriptions.stop(), sweeper.stop()]);
      await link?.stop();
      for (const channel of adapters) await channel.close?.();
      await store.close();
    },
  };
}

/** Without a public URL nobody could fetch what a link leads to. */
function mediaUrls(openMediaOf: MediaSources, publicUrl: string | undefined): MediaUrl | undefined {
  if (publicUrl === undefined) return undefined;
  return (contact, messageId) =>
    openMediaOf(contact.channel) ? publicUrl + mediaPath(contact, messageId) : undefined;
}

/** What routes stand on that is started with the gateway. */
interface Parts {
  webhooks: { rules: TargetRules; sender: Subscriptions["sender"] };
  channels: Channels;
  agents: Agents | undefined;
  typing: TypingSignals;
}

function allRoutes(
  server: ServerContext,
  options: GatewayOptions,
  { webhooks, channels, agents, typing }: Parts,
  stop: AbortSignal,
): AnyRoute[] {
  const { allowHttpMedia, chatFrameOrigins = [], monotonicNow } = options;
  const giveMedia = mediaGiver(server, mediaSources(channels, server.store));
  const documented = [
    ...oauthRoutes(server, monotonicNow),
    ...contactRoutes(server, channels),
    ...messageRoutes(server, { allowHttpMedia, channels }),
    messageMediaRoute(server, giveMedia),
    ...deadLetterRoutes(server, channels),
    ...eventRoutes(server, stop),
    ...subscriptionRoutes(server, { ...webhooks, monotonicNow }),
    ...analyticsRoutes(server),
    ...healthRoutes(server, stop),
  ];
  const openApi = toOpenApi(documented, {
    title: "Quickcard contacts API",
    version,
    description:
      "Sends rich messages to a contact centre's customers. Served by the Quickcard gateway; unofficial, and not part " +
      "of the published Genesys Cloud API.",
    scopes,
    errorSchema: errorBodySchema,
  });
  return [
    ...documented,
    ...chatRoutes(server, { stop, monotonicNow, agents, typing }),
    ...channelRoutes(server, channels),
    mediaLinkRoute(server, giveMedia),
    ...pageRoutes({ allowHttpMedia, chatFrameOrigins, openApi: () => openApi }),
  ];
}
