import { randomUUID } from "node:crypto";
import type { ReplayRange } from "@quickcard/client";
import type { z } from "zod";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { WebhookSender } from "../subscriptions/webhook-sender.ts";
import { createSigningSecret } from "../subscriptions/webhook-signature.ts";
import { subscriptionsPath } from "./present-subscription.ts";
import { changeableId, found } from "./require-subscription.ts";
import { toTimestamp } from "./resources.ts";
import {
  replayRangeSchema,
  replaySchema,
  rotatedSecretSchema,
  rotationSchema,
  subscriptionTestSchema,
} from "./subscription-schemas.ts";

const tag = "Subscriptions";

/** How many secrets before the present one are kept, however often it is rotated. */
const maxOldSecrets = 3;

/** What of a test's answer a client waits for: shorter than its own limit for one attempt. */
const testTimeoutMs = 10_000;

/** What trying a subscription's URL stands on. */
export interface SubscriptionTestOptions {
  sender: Pick<WebhookSender, "tellTest">;
  /** Milliseconds that never go back. */
  monotonicNow: () => number;
}

/** What can be done with a subscription's webhooks: sign them anew, try them, tell events again. */
export function subscriptionWebhookRoutes(
  server: ServerContext,
  options: SubscriptionTestOptions,
): AnyRoute[] {
  return [rotateSecret(server), testSubscription(server, options), replayEvents(server)];
}

function rotateSecret({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, z.output<typeof rotationSchema>>({
    method: "POST",
    path: `${subscriptionsPath}/{subscriptionId}/rotate`,
    operationId: "rotateSecret",
    tag,
    summary: "Make a new signing secret",
    description:
      "Webhooks are signed with both secrets while they overlap: take the new one into the receiver in that time.",
    scope: "conversations:write",
    body: { schema: rotationSchema, example: { overlapSeconds: 86_400 } },
    answers: { 200: { description: "The new secret, this once.", schema: rotatedSecretSchema } },
    errors: ["not.found"],
    async handle({ params, body }) {
      const secret = createSigningSecret();
      const until = now() + body.overlapSeconds * 1000;
      found(await store.rotateSecret(changeableId(params), secret, { until, keep: maxOldSecrets }));
      return json(200, { secret, previousExpiresAt: toTimestamp(until) });
    },
  });
}

function testSubscription({ store }: ServerContext, options: SubscriptionTestOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: `${subscriptionsPath}/{subscriptionId}/test`,
    operationId: "testSubscription",
    tag,
    summary: "Post a test to a subscription's URL",
    description:
      "A signed `subscription.test` is posted at once, also where the subscription has ended. It is not repeated, and " +
      "waits for nothing that is to be told.",
    scope: "conversations:write",
    answers: { 200: { description: "What came of it.", schema: subscriptionTestSchema } },
    errors: ["not.found"],
    async handle({ params, raw }) {
      const record = found(await store.findSubscription(changeableId(params)));
      const signal = AbortSignal.any([raw.signal, AbortSignal.timeout(testTimeoutMs)]);
      const startedAt = options.monotonicNow();
      const outcome = await options.sender.tellTest(record, randomUUID(), signal);
      const durationMs = Math.round(options.monotonicNow() - startedAt);
      if (outcome.kind === "unanswered") {
        return json(200, { delivered: false, reason: outcome.reason, durationMs });
      }
      const { status } = outcome;
      return json(200, { delivered: status >= 200 && status < 300, status, durationMs });
    },
  });
}

function replayEvents({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, ReplayRange>({
    method: "POST",
    path: `${subscriptionsPath}/{subscriptionId}/replay`,
    operationId: "replayEvents",
    tag,
    summary: "Tell the events of a time again",
    description:
      "They go before what waits, contact by contact in order, with the ids that they had before. What has been removed " +
      "since is not told.",
    scope: "conversations:write",
    body: {
      schema: replayRangeSchema,
      example: { from: "2026-11-22T12:00:00Z", to: "2026-11-22T13:00:00Z" },
    },
    answers: { 200: { description: "How many are told again.", schema: replaySchema } },
    errors: ["not.found"],
    async handle({ params, body: { from, to } }) {
      const range = { from: Date.parse(from), to: to === undefined ? now() : Date.parse(to) };
      const events = found(await store.replayEvents(changeableId(params), range));
      return json(200, { events });
    },
  });
}
