import { randomUUID } from "node:crypto";
import type { NewSubscription, ReplayRange, SubscriptionChanges } from "@quickcard/client";
import type { z } from "zod";
import { linkSubscriptionId } from "../genesys-cloud/link-subscription.ts";
import { TargetRefusedError } from "../guarded-http/target-refused-error.ts";
import { readTarget, type TargetRules } from "../guarded-http/target-rules.ts";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type {
  SubscriptionRecord,
  SubscriptionStanding,
  SubscriptionUpdate,
} from "../store/subscription-store.ts";
import type { WebhookSender } from "../subscriptions/webhook-sender.ts";
import { createSigningSecret } from "../subscriptions/webhook-signature.ts";
import { apiBase, toTimestamp } from "./resources.ts";
import { pageSchema } from "./schemas.ts";
import {
  createdSubscriptionSchema,
  eventTypes,
  newSubscriptionSchema,
  replayRangeSchema,
  replaySchema,
  rotatedSecretSchema,
  rotationSchema,
  subscriptionChangesSchema,
  subscriptionSchema,
  subscriptionTestSchema,
} from "./subscription-schemas.ts";

const tag = "Subscriptions";
const listPath = `${apiBase}/subscriptions`;
const onePath = `${listPath}/{subscriptionId}`;

/** How many subscriptions there can be, beside the link to Genesys Cloud. */
const maxSubscriptions = 100;

/** How many secrets before the present one are kept, however often it is rotated. */
const maxOldSecrets = 3;

/** What of a test's answer a client waits for: shorter than its own limit for one attempt. */
const testTimeoutMs = 10_000;

/** What the routes of subscriptions stand on beside the server. */
export interface SubscriptionRouteOptions {
  rules: TargetRules;
  sender: Pick<WebhookSender, "tellTest">;
  /** Milliseconds that never go back. */
  monotonicNow: () => number;
}

/** URLs that are told of events by signed webhooks. */
export function subscriptionRoutes(server: ServerContext, options: SubscriptionRouteOptions): AnyRoute[] {
  return [
    createSubscription(server, options.rules),
    listSubscriptions(server),
    getSubscription(server),
    changeSubscription(server, options.rules),
    removeSubscription(server),
    rotateSecret(server),
    testSubscription(server, options),
    replayEvents(server),
  ];
}

function createSubscription({ store, now }: ServerContext, rules: TargetRules): AnyRoute {
  return defineRoute<undefined, NewSubscription>({
    method: "POST",
    path: listPath,
    operationId: "createSubscription",
    tag,
    summary: "Make a subscription",
    description:
      "Its URL is told of what happens from now on. The answer shows the signing secret, this once.",
    scope: "conversations:write",
    body: {
      schema: newSubscriptionSchema,
      example: { url: "https://example.com/webhooks", events: ["message.inbound"] },
    },
    answers: { 201: { description: "The subscription and its secret.", schema: createdSubscriptionSchema } },
    async handle({ body }) {
      const secret = createSigningSecret();
      const record: SubscriptionRecord = {
        id: randomUUID(),
        url: readUrl(body.url, rules),
        events: body.events ?? [...eventTypes],
        secrets: [{ secret }],
        state: "active",
        createdAt: now(),
      };
      const hidden = (await store.findSubscription(linkSubscriptionId)) ? 1 : 0;
      if (!(await store.insertSubscription(record, maxSubscriptions + hidden))) {
        throw new ApiError("bad.request", `There are ${maxSubscriptions} subscriptions. Remove one first.`);
      }
      const subscription = toSubscription(record);
      return json(201, { ...subscription, secret }, { location: subscription.selfUri });
    },
  });
}

function listSubscriptions({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: listPath,
    operationId: "listSubscriptions",
    tag,
    summary: "List all subscriptions, oldest first",
    scope: "conversations:read",
    answers: { 200: { description: "All of them on one page.", schema: pageSchema(subscriptionSchema) } },
    async handle() {
      const records = (await store.listSubscriptions()).filter(({ id }) => id !== linkSubscriptionId);
      return json(200, {
        entities: records.map((record) => toSubscription(record)),
        pageSize: maxSubscriptions,
      });
    },
  });
}

function getSubscription({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: onePath,
    operationId: "getSubscription",
    tag,
    summary: "Read a subscription and how its webhooks go",
    scope: "conversations:read",
    answers: { 200: { description: "The subscription.", schema: subscriptionSchema } },
    errors: ["not.found"],
    async handle({ params }) {
      const id = params.subscriptionId ?? "";
      const [record, standing] = await Promise.all([store.findSubscription(id), store.findStanding(id)]);
      return json(200, toSubscription(found(record), found(standing)));
    },
  });
}

function changeSubscription({ store }: ServerContext, rules: TargetRules): AnyRoute {
  return defineRoute<undefined, SubscriptionChanges>({
    method: "PATCH",
    path: onePath,
    operationId: "changeSubscription",
    tag,
    summary: "Change a subscription's URL or types of event, end it, or let it go on",
    scope: "conversations:write",
    body: { schema: subscriptionChangesSchema, example: { active: true } },
    answers: { 200: { description: "The subscription as it is now.", schema: subscriptionSchema } },
    errors: ["not.found"],
    async handle({ params, body: { url, events, active } }) {
      const update: SubscriptionUpdate = {
        ...(url === undefined ? {} : { url: readUrl(url, rules) }),
        ...(events === undefined ? {} : { events }),
        ...(active === undefined ? {} : { state: active ? "active" : { ended: "It was ended by a call." } }),
      };
      const record = await store.updateSubscription(changeableId(params), update);
      return json(200, toSubscription(found(record)));
    },
  });
}

function removeSubscription({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "DELETE",
    path: onePath,
    operationId: "removeSubscription",
    tag,
    summary: "Remove a subscription and what waits for it",
    scope: "conversations:write",
    answers: { 204: { description: "The subscription is gone." } },
    errors: ["not.found"],
    async handle({ params }) {
      if (!(await store.deleteSubscription(changeableId(params)))) throw noSuchSubscription();
      return new Response(null, { status: 204 });
    },
  });
}

function rotateSecret({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, z.output<typeof rotationSchema>>({
    method: "POST",
    path: `${onePath}/rotate`,
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

function testSubscription({ store }: ServerContext, options: SubscriptionRouteOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: `${onePath}/test`,
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
    path: `${onePath}/replay`,
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

/** @throws ApiError `invalid.value` for a URL that no webhook may go to. */
function readUrl(text: string, rules: TargetRules): string {
  try {
    return readTarget(text, rules).href;
  } catch (error) {
    if (!(error instanceof TargetRefusedError)) throw error;
    const message = `/url ${error.message}.`;
    const details = [{ errorCode: "invalid.value", fieldName: "/url", message }];
    throw new ApiError("invalid.value", message, { details });
  }
}

/** How the link to Genesys Cloud goes can be read; it is changed by the gateway's options alone. @throws ApiError `not.found` */
function changeableId({ subscriptionId = "" }: Record<string, string>): string {
  if (subscriptionId === linkSubscriptionId) throw noSuchSubscription();
  return subscriptionId;
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw noSuchSubscription();
  return value;
}

function noSuchSubscription(): ApiError {
  return new ApiError("not.found", "There is no such subscription. Use an id from GET …/subscriptions.");
}

function toSubscription(record: SubscriptionRecord, standing?: SubscriptionStanding) {
  const { secrets: _, createdAt, ...rest } = record;
  return {
    ...rest,
    createdAt: toTimestamp(createdAt),
    ...(standing ? { standing: toStanding(standing) } : {}),
    selfUri: `${listPath}/${record.id}`,
  };
}

function toStanding({ waiting, failingSince, lastAttempt, passedOver }: SubscriptionStanding) {
  return {
    waiting,
    ...(failingSince === undefined ? {} : { failingSince: toTimestamp(failingSince) }),
    ...(lastAttempt ? { lastAttempt: withTimestamp(lastAttempt) } : {}),
    passedOver: passedOver.map(({ eventId, ...rest }) => ({
      eventId: String(eventId),
      ...withTimestamp(rest),
    })),
  };
}

function withTimestamp<Entry extends { at: number }>({ at, ...rest }: Entry) {
  return { timestamp: toTimestamp(at), ...rest };
}
