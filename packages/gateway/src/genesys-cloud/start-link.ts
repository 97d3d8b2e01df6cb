import { join } from "node:path";
import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import type { AnyRoute } from "../http/route.ts";
import type { Store } from "../store/store.ts";
import type { NotificationPolicy } from "../subscriptions/notification-policy.ts";
import { botConnectorRoutes } from "./bots/bot-connector-routes.ts";
import { connectCloud } from "./connect-cloud.ts";
import { ConversationWatch } from "./conversation-watch.ts";
import { DiskSpool } from "./disk-spool.ts";
import { defaultLinkPolicy, type LinkPolicy } from "./link-policy.ts";
import { checkIntegrations, type GenesysCloudLinkOptions } from "./link-settings.ts";
import { linkSubscription, linkSubscriptionId, mostSubscriptions } from "./link-subscription.ts";
import { FailedReceipts } from "./telling/failed-receipts.ts";
import { failedReceipt } from "./telling/receipt-of.ts";
import { tellTyping } from "./telling/tell-typing.ts";
import type { MediaUrl } from "./telling/telling.ts";
import { createTellingWorker } from "./telling/telling-worker.ts";
import { showAgentTyping } from "./webhooks/agent-typing.ts";
import { type PlanForChannel, takeWebhook } from "./webhooks/take-webhook.ts";
import { WebhookIntake } from "./webhooks/webhook-intake.ts";
import { webhookRoute } from "./webhooks/webhook-route.ts";

/** What the link stands on. */
export interface StartLinkOptions extends GenesysCloudLinkOptions {
  store: Store;
  /** Where webhooks lie while the database is away. */
  spoolDirectory: string;
  allowHttp: boolean;
  /** What a contact's channel is to be given of a message. Absent: the content as it is. */
  plan?: PlanForChannel;
  /** Where Genesys Cloud finds what customers sent. */
  mediaUrl?: MediaUrl | undefined;
  /** Told of an agent who types. */
  onTyping: (contactId: string, durationMs: number) => void;
  policy?: Partial<LinkPolicy>;
  notificationPolicy?: Partial<NotificationPolicy>;
  now: () => number;
  world: DeliveryWorld;
  onError: (error: unknown, what: string) => void;
}

/** The link while it runs. */
export interface GenesysCloudLink {
  routes: AnyRoute[];
  /** Tells that a customer is typing, where a conversation is open. It never rejects: a typing that is lost is no loss. */
  tellTyping(contactId: string): Promise<void>;
  /** Begins to tell and to watch. Resolves once nothing that happens is missed. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the gateway the middleware of an organisation. @throws OptionError, ConfigurationError */
export function createLink(options: StartLinkOptions): GenesysCloudLink {
  const { store, integrations, mediaUrl, now, world, onError } = options;
  checkIntegrations(integrations);
  const own = options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute };
  const policy = { ...defaultLinkPolicy, ...own, ...options.policy };
  const cloud = connectCloud(options, policy);
  const watch = new ConversationWatch({ cloud, store, policy, world, now, onError });
  const receiptSpool = new DiskSpool(join(options.spoolDirectory, "failed-receipts"), now);
  const receipts = new FailedReceipts({ cloud, spool: receiptSpool, policy, world, now, onError });
  const intake = createIntake(options, policy, receipts);
  const keep = (integrationId: string, body: string) => intake.keep(integrationId, body);
  const { notificationPolicy } = options;
  const telling = { cloud, store, integrations, policy, mediaUrl, now, world, notificationPolicy, onError };
  const worker = createTellingWorker(telling);
  const stopping = new AbortController();
  let starting: Promise<void> | undefined;
  return {
    routes: [
      webhookRoute({ integrations, keep }),
      ...(options.botConnector ? botConnectorRoutes(options.botConnector) : []),
    ],
    tellTyping: (contactId) => tellTyping({ cloud, store, now, onError }, contactId),
    start() {
      starting = untilBegun({ store, intake, policy, now, world, onError }, stopping.signal);
      worker.start();
      watch.start();
      receipts.start();
      return starting;
    },
    async stop() {
      stopping.abort();
      await starting;
      await Promise.all([worker.stop(), watch.stop(), intake.stop(), receipts.stop()]);
      await cloud.close();
    },
  };
}

/** Takes webhooks into the store; what nobody can be shown is told by receipts. */
function createIntake(
  { store, integrations, allowHttp, plan, onTyping, spoolDirectory, now, world, onError }: StartLinkOptions,
  policy: LinkPolicy,
  receipts: FailedReceipts,
): WebhookIntake {
  const taking = { store, integrations, allowHttp, ...(plan ? { plan } : {}), policy, now };
  return new WebhookIntake({
    take(integrationId, message) {
      void showAgentTyping({ store, integrations, onTyping, onError }, integrationId, message);
      return takeWebhook(taking, integrationId, message);
    },
    keepNotShown: (integrationId, { remoteId, contactId, reason }) =>
      receipts.add(integrationId, failedReceipt(remoteId, contactId, reason, now())),
    spool: new DiskSpool(spoolDirectory, now),
    timeoutMs: policy.intakeTimeoutMs,
    restMs: policy.restMs,
    world,
    onError,
  });
}

interface Beginning extends Pick<StartLinkOptions, "store" | "now" | "world" | "onError"> {
  intake: WebhookIntake;
  policy: LinkPolicy;
}

/** Begins again and again where the store is away. */
async function untilBegun(beginning: Beginning, signal: AbortSignal): Promise<void> {
  const { policy, world, onError } = beginning;
  while (!signal.aborted) {
    try {
      return await begin(beginning);
    } catch (error) {
      onError(error, "the link is not begun yet");
      await world.sleep(policy.restMs, signal);
    }
  }
}

/** Takes up what lies on disk, and makes the link's subscription where there is none yet. */
async function begin({ store, now, intake }: Beginning): Promise<void> {
  await intake.start();
  if (await store.findSubscription(linkSubscriptionId)) return;
  try {
    await store.insertSubscription(linkSubscription(now()), mostSubscriptions);
  } catch (error) {
    // Another gateway has made it meanwhile.
    if (!(await store.findSubscription(linkSubscriptionId))) throw error;
  }
}
