import { z } from "zod";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { ConversationSummary } from "../store/store.ts";
import { toTimestamp } from "./resources.ts";

/** The longest interval of one query: Genesys Cloud's own for conversation details. */
const maxIntervalMs = 31 * 24 * 60 * 60 * 1000;

const interval = z
  .string()
  .max(80)
  .describe("Start and end in ISO 8601, as `2026-11-01T00:00:00Z/2026-11-02T00:00:00Z`; at most 31 days.")
  .transform((text, context) => {
    const [from, to, more] = text.split("/").map((part) => Date.parse(part));
    if (
      from !== undefined &&
      to !== undefined &&
      more === undefined &&
      from < to &&
      to - from <= maxIntervalMs
    ) {
      return { from, to };
    }
    context.addIssue({
      code: "custom",
      message: "must be start/end in ISO 8601, the start first, at most 31 days apart",
    });
    return z.NEVER;
  });

const predicate = z.strictObject({
  type: z.literal("dimension").exactOptional(),
  dimension: z.literal(
    "conversationId",
    "must be conversationId: the one dimension that this gateway filters by",
  ),
  operator: z.literal("matches", "must be matches").exactOptional(),
  value: z.string().max(128),
});

const querySchema = z
  .strictObject({
    interval,
    order: z.enum(["asc", "desc"], "must be asc or desc").default("asc"),
    orderBy: z.literal("conversationStart", "must be conversationStart").exactOptional(),
    paging: z
      .strictObject({
        pageSize: z.int("must be a whole number").min(1).max(100, "must be at most 100").default(25),
        pageNumber: z.int("must be a whole number").min(1).max(10_000).default(1),
      })
      .default({ pageSize: 25, pageNumber: 1 }),
    conversationFilters: z
      .array(
        z.strictObject({
          type: z.literal("or", "must be or: each conversation has one id"),
          predicates: z.array(predicate).min(1).max(100),
        }),
      )
      .max(1, "must have at most one filter")
      .exactOptional(),
  })
  .meta({ id: "ConversationQuery" });

type Query = z.output<typeof querySchema>;

const conversationSchema = z
  .strictObject({
    conversationId: z.uuid(),
    conversationStart: z.iso.datetime(),
    conversationEnd: z.iso.datetime().exactOptional(),
    originatingDirection: z.literal("inbound"),
    participants: z.array(
      z.strictObject({
        participantId: z.uuid().describe("The contact's id."),
        participantName: z.string().exactOptional(),
        purpose: z.literal("customer"),
        sessions: z.array(
          z.strictObject({
            mediaType: z.literal("message"),
            messageType: z.string().describe("The channel."),
            direction: z.literal("inbound"),
            metrics: z.array(z.strictObject({ name: z.string(), value: z.int() })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "AnalyticsConversation" });

/** Conversation details, in the form of Genesys Cloud's own query. */
export function analyticsRoutes({ store }: ServerContext): AnyRoute[] {
  const queryConversations = defineRoute<undefined, Query>({
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    operationId: "queryConversationDetails",
    tag: "Analytics",
    summary: "Query conversations that were open in an interval",
    description:
      "The part of Genesys Cloud's query that a message gateway can answer: an interval, a filter by conversation, " +
      "order and paging. Every other field is refused by name rather than passed over.",
    scope: "analytics:conversations:query",
    body: {
      schema: querySchema,
      example: {
        interval: "2026-11-01T00:00:00Z/2026-11-02T00:00:00Z",
        paging: { pageSize: 25, pageNumber: 1 },
      },
    },
    answers: {
      200: {
        description: "The conversations of one page, and how many there are in all.",
        schema: z.strictObject({ conversations: z.array(conversationSchema), totalHits: z.int() }),
      },
    },
    async handle({ body }) {
      const { pageSize, pageNumber } = body.paging;
      const ids = body.conversationFilters?.[0]?.predicates.map(({ value }) => value);
      const { total, conversations } = await store.queryConversations({
        ...body.interval,
        order: body.order,
        limit: pageSize,
        offset: (pageNumber - 1) * pageSize,
        ...(ids ? { conversationIds: ids } : {}),
      });
      return json(200, { conversations: conversations.map(toAnalytics), totalHits: total });
    },
  });
  return [queryConversations];
}

function toAnalytics({ contact, outboundMessages, inboundMessages }: ConversationSummary) {
  return {
    conversationId: contact.conversationId,
    conversationStart: toTimestamp(contact.createdAt),
    ...(contact.closedAt === undefined ? {} : { conversationEnd: toTimestamp(contact.closedAt) }),
    originatingDirection: "inbound",
    participants: [
      {
        participantId: contact.id,
        ...(contact.displayName === undefined ? {} : { participantName: contact.displayName }),
        purpose: "customer",
        sessions: [
          {
            mediaType: "message",
            messageType: contact.channel,
            direction: "inbound",
            metrics: [
              { name: "nOutboundMessages", value: outboundMessages },
              { name: "nInboundMessages", value: inboundMessages },
            ],
          },
        ],
      },
    ],
  };
}
