/** Subscriptions as schemas, typed against the client's own types. */
import type {
  CreatedSubscription,
  EventType,
  NewSubscription,
  Replay,
  RotatedSecret,
  Subscription,
  SubscriptionChanges,
  SubscriptionStanding,
  SubscriptionTest,
} from "@quickcard/client";
import { z } from "zod";
import { maxTargetLength } from "../guarded-http/target-rules.ts";

/** Every type of event that there is. */
export const eventTypes = [
  "message.inbound",
  "message.status",
  "conversation.state",
] as const satisfies readonly EventType[];

const timestamp = z.iso.datetime().describe("ISO 8601, UTC.");
const instant = z.iso.datetime({
  offset: true,
  error: "must be an instant of ISO 8601, such as 2026-11-22T12:00:00Z",
});
const url = z
  .string("must be a string")
  .max(maxTargetLength, `must have at most ${maxTargetLength} characters`);
const events = z
  .array(z.enum(eventTypes, `must be one of ${eventTypes.join(", ")}`))
  .min(1, "must name at least one type of event")
  .transform((types) => [...new Set(types)])
  .describe("Which types of event the subscriber is told of.");

/** The body that makes a subscription. */
export const newSubscriptionSchema = z
  .strictObject({
    url: url.describe(
      "Where webhooks are posted to: `https:`, and a public address, unless the operator allows others.",
    ),
    events: events.exactOptional(),
  })
  .meta({ id: "NewSubscription" }) satisfies z.ZodType<NewSubscription>;

/** The body that changes a subscription. */
export const subscriptionChangesSchema = z
  .strictObject({
    url: url.exactOptional(),
    events: events.exactOptional(),
    active: z
      .boolean("must be true or false")
      .exactOptional()
      .describe("`false` ends the subscription, `true` lets it go on where it stood."),
  })
  .refine((changes) => Object.keys(changes).length > 0, "must name at least one of url, events, active")
  .meta({ id: "SubscriptionChanges" }) satisfies z.ZodType<SubscriptionChanges>;

const standingSchema = z.strictObject({
  waiting: z.int().describe("How many events wait to be told. Not counted beyond 10,000."),
  failingSince: timestamp
    .exactOptional()
    .describe("Since when the subscriber does not take an event. Absent where all is well."),
  lastAttempt: z
    .strictObject({
      timestamp,
      status: z.int().exactOptional().describe("Absent where no answer came."),
      reason: z.string().exactOptional().describe("Why it did not succeed."),
    })
    .exactOptional(),
  passedOver: z
    .array(
      z.strictObject({
        eventId: z.string(),
        contactId: z.uuid(),
        timestamp,
        attempts: z.int(),
        reason: z.string(),
      }),
    )
    .describe("Events that were given up, newest first, at most 100."),
}) satisfies z.ZodType<SubscriptionStanding>;

const subscriptionFields = {
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(eventTypes)),
  state: z.enum(["active", "ended"]).describe("`ended`: it is told nothing until it is made active again."),
  endedReason: z.string().exactOptional(),
  createdAt: timestamp,
  standing: standingSchema.exactOptional().describe("On `GET …/subscriptions/{subscriptionId}` only."),
  selfUri: z.string(),
};

/** A subscription. */
export const subscriptionSchema = z
  .strictObject(subscriptionFields)
  .meta({ id: "Subscription" }) satisfies z.ZodType<Subscription>;

const secret = z
  .string()
  .describe("What webhooks are signed with, as Standard Webhooks has it. Shown this once.");

/** A subscription just made. */
export const createdSubscriptionSchema = z
  .strictObject({ ...subscriptionFields, secret })
  .meta({ id: "CreatedSubscription" }) satisfies z.ZodType<CreatedSubscription>;

const dayInSeconds = 24 * 60 * 60;

/** The body that makes a new secret. */
export const rotationSchema = z
  .strictObject({
    overlapSeconds: z
      .int("must be whole seconds")
      .min(0, "must be at least 0")
      .max(7 * dayInSeconds, "must be at most 604800")
      .default(dayInSeconds)
      .describe("For how long webhooks are signed with the secret before as well."),
  })
  .meta({ id: "Rotation" });

/** A new secret. */
export const rotatedSecretSchema = z
  .strictObject({ secret, previousExpiresAt: timestamp })
  .meta({ id: "RotatedSecret" }) satisfies z.ZodType<RotatedSecret>;

/** What came of a test. */
export const subscriptionTestSchema = z
  .strictObject({
    delivered: z.boolean().describe("Whether the subscriber answered with a 2xx."),
    status: z.int().exactOptional(),
    reason: z.string().exactOptional(),
    durationMs: z.int(),
  })
  .meta({ id: "SubscriptionTest" }) satisfies z.ZodType<SubscriptionTest>;

/** The body that tells events again. */
export const replayRangeSchema = z
  .strictObject({
    from: instant,
    to: instant.exactOptional().describe("Events before this instant. Default: now."),
  })
  .refine(
    ({ from, to }) => to === undefined || Date.parse(from) < Date.parse(to),
    "must begin before it ends",
  )
  .meta({ id: "ReplayRange" });

/** What a replay comes to. */
export const replaySchema = z
  .strictObject({ events: z.int().describe("How many events are told again.") })
  .meta({ id: "Replay" }) satisfies z.ZodType<Replay>;
