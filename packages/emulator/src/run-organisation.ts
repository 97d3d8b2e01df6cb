import { Agent as ConnectionPool } from "undici";
import { type BotRunner, startBots } from "./bots/bot-runner.ts";
import { concludeWebhook } from "./conversations/outcome-of-webhook.ts";
import type { Settings } from "./emulator-options.ts";
import { createFaultDial, type FaultDial } from "./faults/fault-dial.ts";
import { createRateLimiters } from "./http/rate-limiter.ts";
import { completeIntegration } from "./integrations/change-integrations.ts";
import { type NotificationChannels, startNotifications } from "./notifications/notification-channels.ts";
import type { Organisation } from "./organisation/organisation.ts";
import { type App, createApp, type RouteParts } from "./routes/create-app.ts";
import { createWebhookQueue, type WebhookQueue } from "./webhooks/webhook-queue.ts";
import { createWireLog, type WireLog } from "./wire-log/wire-log.ts";

/** An organisation at work: what it does by itself, and what answers requests. */
export interface RunningOrganisation {
  faults: FaultDial;
  wireLog: WireLog;
  webhooks: WebhookQueue;
  bots: BotRunner;
  notifications: NotificationChannels;
  app: App;
  /** Answers a request; `bindings` are Node's side of it. */
  handle: (request: Request, bindings?: unknown) => Response | Promise<Response>;
}

/** Sets an organisation to work, and goes on with what an earlier run left half done. */
export function runOrganisation(
  organisation: Organisation,
  settings: Settings,
  surroundings: Pick<RouteParts, "origin" | "customers">,
): RunningOrganisation {
  const faults = createFaultDial(organisation.chance);
  const wireLog = createWireLog();
  const calls = {
    organisation,
    wireLog,
    policy: settings.webhookPolicy,
    dispatcher: new ConnectionPool({ connections: 64 }),
  };
  const webhooks = createWebhookQueue({
    ...calls,
    faults,
    onOutcome: (webhook, outcome, status) => concludeWebhook(organisation, webhook, outcome, status),
  });
  const rateLimiters = createRateLimiters(settings.rateLimitPerMinute);
  const app = createApp(
    { organisation, faults, wireLog, rateLimiters },
    { webhooks, calls, integrationCreationMs: settings.integrationCreationMs, ...surroundings },
  );
  completeIntegrations(organisation, settings.integrationCreationMs);
  webhooks.resume();
  return {
    faults,
    wireLog,
    webhooks,
    bots: startBots(calls, webhooks),
    notifications: startNotifications(organisation),
    app,
    handle: (request, bindings) => app.hono.fetch(request, bindings as object),
  };
}

function completeIntegrations(organisation: Organisation, creationMs: number): void {
  for (const { id, createStatus } of organisation.integrations.values())
    if (createStatus === "Initiated")
      organisation.clock.schedule(creationMs, () => completeIntegration(organisation, id));
}
