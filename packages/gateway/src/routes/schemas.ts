/** The API's resources as schemas: the source of its documentation, typed against the client's own types. */
import type {
  Attempt,
  Contact,
  ContactChanges,
  Event,
  InboundContent,
  InboundMessage,
  Message,
  MessageStatus,
  NewContact,
  Notice,
  OutboundMessage,
  StatusChange,
} from "@quickcard/client";
import { channels } from "@quickcard/content";
import { contentSchema } from "@quickcard/content/schemas";
import { z } from "zod";

const timestamp = z.iso.datetime().describe("ISO 8601, UTC.");
const state = z.enum(["queued", "active", "closed"]);

const printable = (max: number) =>
  z.string().min(1, "must not be empty").max(max, `must have at most ${max} characters`);

/** At most 32 names of up to 64 characters with values of up to 1,024. */
const attributes = z
  .record(printable(64), z.string().max(1024, "must have at most 1024 characters"))
  .refine((map) => Object.keys(map).length <= 32, "must have at most 32 entries")
  .describe("Whatever you want to remember of the contact. At most 32 entries.");

const displayName = printable(200).describe("What the customer is called.");

/** The body that makes a contact. */
export const newContactSchema = z
  .strictObject({
    channel: z.enum(channels, `must be one of ${channels.join(", ")}`).describe("Where the customer reads."),
    address: printable(256).exactOptional().describe("The channel's own address of the customer."),
    displayName: displayName.exactOptional(),
    attributes: attributes.exactOptional(),
  })
  .meta({ id: "NewContact" }) satisfies z.ZodType<NewContact>;

/** The body that changes a contact. */
export const contactChangesSchema = z
  .strictObject({
    state: z
      .enum(["active", "closed"], "must be active or closed")
      .exactOptional()
      .describe("`closed` ends the conversation, `active` reopens it."),
    displayName: displayName.exactOptional(),
    attributes: attributes.exactOptional(),
  })
  .refine(
    (changes) => Object.keys(changes).length > 0,
    "must name at least one of state, displayName, attributes",
  )
  .meta({ id: "ContactChanges" }) satisfies z.ZodType<ContactChanges>;

/** A contact. */
export const contactSchema = z
  .strictObject({
    id: z.uuid(),
    conversationId: z.uuid().describe("Not the contact's id: the two are never interchangeable."),
    state: state.describe("`queued` and `active` accept messages."),
    channel: z.enum(channels),
    address: z.string().exactOptional(),
    displayName: z.string().exactOptional(),
    attributes: z.record(z.string(), z.string()).exactOptional(),
    createdAt: timestamp,
    updatedAt: timestamp,
    lastInboundAt: timestamp.exactOptional().describe("When the customer last wrote or tapped."),
    chatUrl: z
      .url()
      .exactOptional()
      .describe("The customer's page, on channel `web` and for tokens with `conversations:write`."),
    selfUri: z.string(),
  })
  .meta({ id: "Contact" }) satisfies z.ZodType<Contact>;

const noticeSchema = z.strictObject({
  code: z.string(),
  path: z.string().describe("JSON pointer into `content`."),
  message: z.string().describe("What is done."),
  from: z.string().describe("What it was."),
  to: z.string().describe("What it is now."),
  lossy: z.boolean().describe("Something that the customer could have seen or done is lost."),
  extraMessages: z.int().describe("How many messages the change adds."),
}) satisfies z.ZodType<Notice>;

const attemptSchema = z.strictObject({
  number: z.int().describe("1 for the first."),
  startedAt: timestamp,
  endedAt: timestamp.exactOptional(),
  outcome: z
    .enum(["applied", "not-sent", "not-applied", "ambiguous"])
    .exactOptional()
    .describe(
      "`applied`: the channel has it. `not-sent`, `not-applied`: it has not. `ambiguous`: it may have.",
    ),
  reason: z.string().exactOptional(),
  nextAt: timestamp.exactOptional().describe("When the next try or the search for evidence follows."),
}) satisfies z.ZodType<Attempt>;

/** Every status that a message to a customer can have. */
export const messageStatuses = [
  "queued",
  "sending",
  "retry_wait",
  "ambiguous",
  "reconciling",
  "sent",
  "delivered",
  "read",
  "failed",
  "unknown",
  "expired",
  "cancelled",
] as const satisfies MessageStatus[];

const messageStatus = z.enum(messageStatuses).describe("How far the message has come.");

const statusChangeSchema = z.strictObject({
  status: messageStatus,
  timestamp,
  reason: z.string().exactOptional(),
}) satisfies z.ZodType<StatusChange>;

const deliverySchema = z
  .strictObject({
    mode: z.enum(["reconcile", "at-least-once", "at-most-once"]),
    sendAt: timestamp.exactOptional(),
    expiresAt: timestamp,
  })
  .describe("How it is to be delivered.") satisfies z.ZodType<OutboundMessage["delivery"]>;

const metadata = z.record(z.string(), z.string());

/** A message to a customer. */
export const outboundMessageSchema = z
  .strictObject({
    id: z.uuid(),
    contactId: z.uuid(),
    conversationId: z.uuid(),
    direction: z.literal("outbound"),
    status: messageStatus,
    timestamp,
    content: contentSchema,
    metadata: metadata.exactOptional(),
    notices: z.array(noticeSchema).describe("Every change made so that the channel can show the message."),
    delivery: deliverySchema,
    reason: z.string().exactOptional().describe("Why it is not delivered, or not yet."),
    attempts: z.array(attemptSchema).exactOptional().describe("Every try to deliver it."),
    statuses: z.array(statusChangeSchema).exactOptional().describe("Every status it has had."),
    selfUri: z.string(),
  })
  .meta({ id: "OutboundMessage" }) satisfies z.ZodType<OutboundMessage>;

const inboundContentSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({
    type: z.literal("tap"),
    kind: z.enum(["quick-reply", "postback"]),
    messageId: z.uuid().describe("The message that was tapped."),
    card: z.int().exactOptional().describe("The card within a carousel, from 0."),
    choice: z.int().describe("The choice or action, from 0; -1 for a card's `defaultAction`."),
    label: z.string().describe("What the customer saw on it."),
    value: z.string().describe("The choice's `value` or the button's `payload`."),
  }),
  z.strictObject({
    type: z.enum(["image", "audio", "video", "file"]),
    url: z.string().exactOptional().describe("Where it is, on channels that say so; for a short while only."),
    channelMediaId: z.string().exactOptional().describe("What the channel calls it."),
    mimeType: z.string().exactOptional(),
    filename: z.string().exactOptional(),
    caption: z.string().exactOptional(),
  }),
  z.strictObject({
    type: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().exactOptional(),
    address: z.string().exactOptional(),
  }),
]) satisfies z.ZodType<InboundContent>;

const inboundMessageSchema = z
  .strictObject({
    id: z.uuid(),
    contactId: z.uuid(),
    conversationId: z.uuid(),
    direction: z.literal("inbound"),
    status: z.literal("received"),
    timestamp,
    content: inboundContentSchema,
    selfUri: z.string(),
  })
  .meta({ id: "InboundMessage" }) satisfies z.ZodType<InboundMessage>;

/** An entry of a conversation. */
export const messageSchema = z.discriminatedUnion("direction", [
  outboundMessageSchema,
  inboundMessageSchema,
]) satisfies z.ZodType<Message>;

const eventBase = {
  id: z.string().describe("The place in the log, for `Last-Event-ID`."),
  timestamp,
  contactId: z.uuid(),
  conversationId: z.uuid(),
};

/** An event of the stream. */
export const eventSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ ...eventBase, type: z.literal("message.inbound"), message: inboundMessageSchema }),
    z.strictObject({
      ...eventBase,
      type: z.literal("message.status"),
      messageId: z.uuid(),
      status: messageStatus,
      reason: z.string().exactOptional(),
      metadata: metadata.exactOptional(),
    }),
    z.strictObject({
      ...eventBase,
      type: z.literal("conversation.state"),
      state: z.enum(["queued", "active", "closed", "deleted"]),
    }),
  ])
  .meta({ id: "Event" }) satisfies z.ZodType<Event>;

/** A page of these. */
export function pageSchema(entity: z.ZodType) {
  return z.strictObject({
    entities: z.array(entity),
    pageSize: z.int(),
    nextUri: z.string().exactOptional().describe("Path and query of the next page; absent on the last."),
  });
}
