import { randomUUID } from "node:crypto";
import type { NewSubscription, SubscriptionChanges } from "@quickcard/client";
import { linkSubscriptionId } from "../genesys-cloud/link-subscription.ts";
import { TargetRefusedError } from "../guarded-http/target-refused-error.ts";
import { readTarget, type TargetRules } from "../guarded-http/target-rules.ts";
import { ApiError, fieldError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { SubscriptionRecord, SubscriptionUpdate } from "../store/subscription-store.ts";
import { createSigningSecret } from "../subscriptions/webhook-signature.ts";
import { subscriptionsPath, toSubscription } from "./present-subscription.ts";
import { changeableId, found, noSuchSubscription } from "./require-subscription.ts";
import { pageSchema } from "./schemas.ts";
import {
  createdSubscriptionSchema,
  eventTypes,
  newSubscriptionSchema,
  subscriptionChangesSchema,
  subscriptionSchema,
} from "./subscription-schemas.ts";
import { type SubscriptionTestOptions, subscriptionWebhookRoutes } from "./subscription-webhook-routes.ts";

const tag = "Subscriptions";
const onePath = `${subscriptionsPath}/{subscriptionId}`;

/** How many subscriptions there can be, beside the link to Genesys Cloud. */
const maxSubscriptions = 100;

/** What the routes of subscriptions stand on beside the server. */
export interface SubscriptionRouteOptions extends SubscriptionTestOptions {
  rules: TargetRules;
}

/** URLs that are told of events by signed webhooks. */
export function subscriptionRoutes(server: ServerContext, options: SubscriptionRouteOptions): AnyRoute[] {
  return [
    createSubscription(server, options.rules),
    listSubscriptions(server),
    getSubscription(server),
    changeSubscription(server, options.rules),
    removeSubscription(server),
    ...subscriptionWebhookRoutes(server, options),
  ];
}

function createSubscription({ store, now }: ServerContext, rules: TargetRules): AnyRoute {
  return defineRoute<undefined, NewSubscription>({
    method: "POST",
    path: subscriptionsPath,
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
    path: subscriptionsPath,
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

/** @throws ApiError `invalid.value` for a URL that no webhook may go to. */
function readUrl(text: string, rules: TargetRules): string {
  try {
    return readTarget(text, rules).href;
  } catch (error) {
    if (!(error instanceof TargetRefusedError)) throw error;
    throw fieldError("invalid.value", "/url", `/url ${error.message}.`);
  }
}
