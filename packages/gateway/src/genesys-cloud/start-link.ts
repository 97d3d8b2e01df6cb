import { join } from "node:path";
import { type Layer, RateLimitError } from "@quickcard/client";
import { GenesysCloud } from "@quickcard/client/genesys-cloud";
import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import type { AnyRoute } from "../http/route.ts";
import type { Store } from "../store/store.ts";
import type { NotificationClaim, NotificationResult } from "../store/subscription-store.ts";
import { agentTypingMs } from "./agent-typing.ts";
import { botConnectorRoutes } from "./bot-connector-routes.ts";
import { ConversationWatch } from "./conversation-watch.ts";
import { DiskSpool } from "./disk-spool.ts";
import { FailedReceipts } from "./failed-receipts.ts";
import { defaultLinkPolicy, type LinkPolicy } from "./link-policy.ts";
import { checkIntegrations, type GenesysCloudLinkOptions } from "./link-settings.ts";
import { linkSubscription, linkSubscriptionId, mostSubscriptions } from "./link-subscription.ts";
import { failedReceipt } from "./receipt-of.ts";
import { type PlanForChannel, takeWebhook } from "./take-webhook.ts";
import { type MediaUrl, tellGenesysCloud } from "./tell-genesys-cloud.ts";
import { tellTyping } from "./tell-typing.ts";
import { UntoldEvents } from "./untold-events.ts";
import { WebhookIntake } from "./webhook-intake.ts";
import { webhookRoute } from "./webhook-route.ts";

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
  onTyping?: (contactId: string, durationMs: number) => void;
  policy?: Partial<LinkPolicy>;
  now: () => number;
  world: DeliveryWorld;
  onError: (error: unknown, what: string) => void;
}

/** The link while it runs. */
export interface GenesysCloudLink {
  routes: AnyRoute[];
  /** Tells Genesys Cloud of an event that is claimed for it. */
  tell(claim: NotificationClaim, signal: AbortSignal): Promise<NotificationResult>;
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
  const cloud = connect(options, policy);
  const random = () => world.random();
  const watch = new ConversationWatch({ cloud, store, policy, world, now, onError });
  const given = { allowHttp: options.allowHttp, ...(options.plan ? { plan: options.plan } : {}) };
  const receiptSpool = new DiskSpool(join(options.spoolDirectory, "failed-receipts"), now);
  const receipts = new FailedReceipts({ cloud, spool: receiptSpool, policy, world, now, onError });
  const intake = new WebhookIntake({
    take(integrationId, message) {
      const typingMs = agentTypingMs(message);
      if (typingMs !== undefined) options.onTyping?.(message.channel.to.id, typingMs);
      return takeWebhook({ store, integrations, ...given, policy, now }, integrationId, message);
    },
    keepNotShown: (integrationId, { remoteId, contactId, reason }) =>
      receipts.add(integrationId, failedReceipt(remoteId, contactId, reason, now())),
    spool: new DiskSpool(options.spoolDirectory, now),
    timeoutMs: policy.intakeTimeoutMs,
    restMs: policy.restMs,
    world,
    onError,
  });
  const keep = (integrationId: string, body: string) => intake.keep(integrationId, body);
  const untold = new UntoldEvents();
  const startedAt = world.monotonicNow();
  const stopping = new AbortController();
  let starting: Promise<void> | undefined;
  return {
    routes: [
      webhookRoute({ integrations, keep }),
      ...(options.botConnector ? botConnectorRoutes(options.botConnector) : []),
    ],
    async tell(claim, signal) {
      // What a process before this one began may still be carried out: until then a look would prove nothing.
      const settlesInMs = startedAt + policy.settleMs - world.monotonicNow();
      if (claim.attempt > 1 && settlesInMs > 0) {
        return {
          kind: "retry",
          reason: "An earlier process may have told it.",
          afterMs: Math.ceil(settlesInMs),
        };
      }
      const telling = { cloud, store, integrations, policy, mediaUrl, untold, random, now };
      return tellGenesysCloud(telling, claim, signal);
    },
    tellTyping: (contactId) => tellTyping({ cloud, store, now, onError }, contactId),
    start() {
      starting = untilBegun({ store, intake, policy, now, world, onError }, stopping.signal);
      watch.start();
      receipts.start();
      return starting;
    },
    async stop() {
      stopping.abort();
      await starting;
      await Promise.all([watch.stop(), intake.stop(), receipts.stop()]);
      await cloud.close();
    },
  };
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

function connect({ cloud, store }: StartLinkOptions, policy: LinkPolicy): GenesysCloud {
  const { requestTimeoutMs, requestsPerMinute } = policy;
  return new GenesysCloud({
    ...cloud,
    // What is tried again is the lane's matter, which keeps the order.
    maxAttempts: 1,
    timeoutMs: requestTimeoutMs,
    attemptTimeoutMs: requestTimeoutMs,
    pace: false,
    layers: [sharedPace(store, cloud.clientId ?? "", requestsPerMinute)],
  });
}

/** Counts every request in a window that all gateways share, so that none meets a 429. */
function sharedPace(store: Pick<Store, "takeRate">, clientId: string, allowed: number): Layer {
  return (next) => async (call) => {
    const { exceeded, resetMs } = await store.takeRate(`genesys-cloud:${clientId}`, allowed, 60_000);
    if (!exceeded) return next(call);
    throw new RateLimitError({
      message: `The gateways have made their ${allowed} requests of this minute to Genesys Cloud`,
      fix: "Wait; or ask Genesys Cloud for a higher limit and set it.",
      fate: "not_sent",
      retryable: true,
      retryAfterMs: resetMs,
    });
  };
}
