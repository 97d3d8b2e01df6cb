import { struckBy, type TurnedDial } from "../faults/fault-dial.ts";
import type { IntegrationRecord, WebhookRecord } from "../organisation/records.ts";
import { type DeliveryParts, deliverWebhook } from "./deliver-webhook.ts";
import { createLanes } from "./lanes.ts";
import { judgeAnswer, type WebhookOutcome } from "./webhook-policy.ts";

/** A webhook that has not been tried yet. */
export type NewWebhook = Pick<WebhookRecord, "integrationId" | "conversationId" | "messageId" | "body">;

/** Webhooks on their way: one at a time for a conversation, in order, kept until they are taken or given up. */
export interface WebhookQueue {
  enqueue(webhook: NewWebhook): void;
  /** Sends a body once more, outside the queue. */
  resend(integration: IntegrationRecord, body: string, conversationId: string): Promise<void>;
  /** Takes up what an earlier run left. */
  resume(): void;
  /** Resolves once no call is under way and none is due at this moment. */
  settled(): Promise<void>;
  /** Ends calls under way; what was not accepted stays kept. */
  close(): Promise<void>;
}

/** What the queue needs, and whom it tells. */
export interface WebhookQueueParts extends DeliveryParts {
  faults: TurnedDial;
  /** Hears what finally came of a webhook: accepted, refused, or given up as `retryable`. */
  onOutcome: (webhook: WebhookRecord, outcome: WebhookOutcome, status: number | undefined) => void;
}

/** How long a webhook that is to be overtaken waits for the next one of its conversation. */
const overtakeMs = 2000;

/** How long a webhook waits where the state cannot be kept. */
const unkeptRetryMs = 1000;

export function createWebhookQueue(parts: WebhookQueueParts): WebhookQueue {
  const { organisation, dispatcher } = parts;
  const { webhooks, clock } = organisation;
  /** Webhooks that are to be overtaken, by conversation. */
  const held = new Map<string, WebhookRecord>();
  let isClosed = false;
  const lanes = createLanes<WebhookRecord>({
    clock,
    dueAt: ({ nextAttemptAt }) => nextAttemptAt,
    isWanted: ({ id }) => webhooks.get(id) !== undefined,
    work: (webhook) => attempt(parts, webhook, () => isClosed),
  });

  function release(conversationId: string): void {
    const webhook = held.get(conversationId);
    held.delete(conversationId);
    if (webhook !== undefined) lanes.add(conversationId, webhook);
  }

  return {
    enqueue(begun) {
      const { conversationId } = begun;
      const webhook = { ...begun, id: organisation.chance.uuid(), attempts: 0, nextAttemptAt: clock.now() };
      webhooks.put(webhook.id, webhook);
      if (held.has(conversationId) || !isToBeOvertaken(parts)) {
        lanes.add(conversationId, webhook);
        release(conversationId);
      } else {
        held.set(conversationId, webhook);
        clock.schedule(overtakeMs, () => release(conversationId));
      }
    },
    async resend(integration, body, conversationId) {
      const once = {
        id: "",
        integrationId: integration.id,
        messageId: undefined,
        attempts: 0,
        nextAttemptAt: 0,
      };
      await deliverWebhook(parts, integration, { ...once, conversationId, body }, []);
    },
    resume() {
      for (const webhook of webhooks.values()) lanes.add(webhook.conversationId, webhook);
    },
    settled: () => lanes.settled(),
    async close() {
      isClosed = true;
      lanes.stop();
      await dispatcher.destroy();
      await lanes.settled();
    },
  };
}

function isToBeOvertaken({ faults }: WebhookQueueParts): boolean {
  return struckBy(faults.strike("webhook-order"), "reorder") !== undefined;
}

/** One attempt; returns the webhook as it waits for the next, or nothing where it is finished. */
async function attempt(
  parts: WebhookQueueParts,
  webhook: WebhookRecord,
  isClosed: () => boolean,
): Promise<WebhookRecord | undefined> {
  const { organisation, faults, policy } = parts;
  const integration = organisation.integrations.get(webhook.integrationId);
  if (integration === undefined) return finish(parts, webhook, "refused", undefined);
  // Nobody hears of what a crash could still undo.
  if (!organisation.tryFlush())
    return { ...webhook, nextAttemptAt: organisation.clock.now() + unkeptRetryMs };
  const struck = faults.strike("webhook");
  const status = await deliverWebhook(parts, integration, webhook, struck);
  if (isClosed()) return undefined;
  const outcome = judgeAnswer(status);
  const attempts = webhook.attempts + 1;
  if (outcome === "retryable" && attempts <= policy.retries) {
    const waiting = {
      ...webhook,
      attempts,
      nextAttemptAt: organisation.clock.now() + policy.retryDelayMs,
    };
    organisation.webhooks.put(webhook.id, waiting);
    organisation.tryFlush();
    return waiting;
  }
  if (outcome === "accepted" && struckBy(struck, "duplicate") !== undefined)
    await deliverWebhook(parts, integration, webhook, []);
  return finish(parts, webhook, outcome, status);
}

function finish(
  { organisation, onOutcome }: WebhookQueueParts,
  webhook: WebhookRecord,
  outcome: WebhookOutcome,
  status: number | undefined,
): undefined {
  organisation.webhooks.delete(webhook.id);
  onOutcome(webhook, outcome, status);
  organisation.tryFlush();
}
