import type { ChatTap, CustomerMessage, Receipt, Timeline } from "@quickcard/web";
import { customerTextMaxLength } from "@quickcard/web";
import { z } from "zod";
import { resolveTap } from "../channels/web/resolve-tap.ts";
import { eventStream } from "../events/event-stream.ts";
import type { TypingSignals } from "../events/typing-signals.ts";
import { ApiError } from "../http/api-error.ts";
import { RateLimiter } from "../http/rate-limiter.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { ContactRecord, InboundRecord } from "../store/records.ts";
import { acceptFromPage } from "./accept-from-page.ts";
import { chatPictureRoutes } from "./chat-picture-routes.ts";
import { clientMessageId } from "./client-message-id.ts";
import { readPlace } from "./event-routes.ts";
import { chatEvent, isShown, toChatEvent, toChatMessage } from "./present-chat.ts";
import { requireChat, requireChatWithin } from "./require-chat.ts";

/** How many messages one reading of the timeline holds. */
const timelineLength = 100;

/** How many messages and receipts a minute one customer's page may send. */
const postsPerMinute = 240;

/** Whoever answers customers, beside programs. */
export interface Agents {
  /** Tells them that a customer types. It never rejects. */
  tellTyping(contactId: string): Promise<void>;
}

/** What the customer's page stands on. */
export interface ChatRouteOptions {
  /** Ends streams. */
  stop: AbortSignal;
  monotonicNow: () => number;
  /** The agents at the other end, if there are any: who writes after they have ended a conversation begins it again. */
  agents: Agents | undefined;
  /** Tells when one of them types. */
  typing: Pick<TypingSignals, "listen">;
}

/** What the customer's page reads and writes, below its unguessable link. The wire is `ChatEvents` and its siblings. */
export function chatRoutes(server: ServerContext, options: ChatRouteOptions): AnyRoute[] {
  const { agents, monotonicNow } = options;
  const limiter = new RateLimiter({ allowed: postsPerMinute, windowMs: 60_000, monotonicNow });
  return [
    timelineRoute(server, agents !== undefined),
    eventsRoute(server, options),
    messagesRoute(server, limiter, agents !== undefined),
    ...chatPictureRoutes(server, limiter, agents !== undefined),
    receiptsRoute(server, limiter),
    typingRoute(server, limiter, agents),
  ];
}

const timelineQuery = z.strictObject({ before: z.uuid().exactOptional() });

function timelineRoute(server: ServerContext, hasAgents: boolean): AnyRoute {
  return defineRoute<z.output<typeof timelineQuery>, undefined>({
    method: "GET",
    path: "/chat/{token}/timeline",
    operationId: "readTimeline",
    summary: "The newest messages, or those before one",
    crossOrigin: true,
    query: timelineQuery,
    answers: { 200: { description: "A Timeline." } },
    async handle(request) {
      const contact = await requireChat(server, request);
      // Read before the messages: what happens in between is then told once more, and never left out.
      const cursor = String(await server.store.lastEventId());
      const { before } = request.query;
      const first = before && (await server.store.findMessage(contact.id, before));
      if (before && !first) throw new ApiError("not.found", "There is no such message to read before.");
      const range = { order: "newest-first", limit: timelineLength + 1 } as const;
      const rows = await server.store.listMessages(
        contact.id,
        first ? { ...range, beforeSeq: first.seq } : range,
      );
      const { state, displayName } = contact;
      const timeline: Timeline = {
        contact: {
          state,
          ...(displayName === undefined ? {} : { displayName }),
          ...(hasAgents ? { hasAgents } : {}),
        },
        messages: rows.slice(0, timelineLength).reverse().filter(isShown).map(toChatMessage),
        hasEarlier: rows.length > timelineLength,
        cursor,
      };
      return json(200, timeline);
    },
  });
}

const eventsQuery = z.strictObject({ after: z.string().max(20).exactOptional() });

function eventsRoute(server: ServerContext, { stop, typing }: ChatRouteOptions): AnyRoute {
  return defineRoute<z.output<typeof eventsQuery>, undefined>({
    method: "GET",
    path: "/chat/{token}/events",
    operationId: "streamChat",
    summary: "What happens in this chat, as server-sent events",
    crossOrigin: true,
    query: eventsQuery,
    produces: "text/event-stream",
    answers: { 200: { description: "The stream.", mediaType: "text/event-stream" } },
    async handle(request) {
      const contact = await requireChat(server, request);
      const given = request.raw.headers.get("last-event-id") ?? request.query.after;
      return eventStream({
        store: server.store,
        after: await readPlace(given, server.store),
        contactId: contact.id,
        tell: toChatEvent,
        listen: (hear) =>
          typing.listen(contact.id, (durationMs) => hear(chatEvent("typing", { durationMs }))),
        endsWith: (event) => event.type === "conversation.state" && event.state === "deleted",
        stop,
      });
    },
  });
}

const tapSchema = z.strictObject({
  messageId: z.uuid(),
  card: z.int().min(0).max(100).exactOptional(),
  choice: z.int().min(-1).max(1000),
}) satisfies z.ZodType<ChatTap>;

const customerMessageSchema = z.union([
  z.strictObject({ clientMessageId, text: z.string().min(1).max(customerTextMaxLength) }),
  z.strictObject({ clientMessageId, tap: tapSchema }),
]) satisfies z.ZodType<CustomerMessage>;

function messagesRoute(server: ServerContext, limiter: RateLimiter, hasAgents: boolean): AnyRoute {
  return defineRoute<undefined, CustomerMessage>({
    method: "POST",
    path: "/chat/{token}/messages",
    operationId: "writeAsCustomer",
    summary: "What the customer wrote or tapped",
    crossOrigin: true,
    body: { schema: customerMessageSchema },
    answers: { 201: { description: "The ChatMessage." } },
    async handle(request) {
      const contact = await requireChatWithin(server, limiter, request);
      const { body } = request;
      const accepted = await acceptFromPage(server, contact, {
        content: await toInboundContent(server, contact, body),
        clientMessageId: body.clientMessageId,
        mayReopen: hasAgents && "text" in body,
      });
      return json(201, toChatMessage(accepted));
    },
  });
}

async function toInboundContent(
  server: ServerContext,
  contact: ContactRecord,
  message: CustomerMessage,
): Promise<InboundRecord["content"]> {
  if ("text" in message) return { type: "text", text: message.text };
  const tapped = await server.store.findMessage(contact.id, message.tap.messageId);
  const tap = tapped?.direction === "outbound" ? resolveTap(tapped.content, message.tap) : undefined;
  if (tap) return tap;
  throw new ApiError("invalid.value", "There is no such message, choice or postback to tap in this chat.");
}

const receiptSchema = z.strictObject({
  status: z.enum(["delivered", "read"]),
  messageIds: z.array(z.uuid()).min(1).max(100),
}) satisfies z.ZodType<Receipt>;

function receiptsRoute(server: ServerContext, limiter: RateLimiter): AnyRoute {
  return defineRoute<undefined, Receipt>({
    method: "POST",
    path: "/chat/{token}/receipts",
    operationId: "giveReceipts",
    summary: "What the page has shown, and what the customer has seen",
    crossOrigin: true,
    body: { schema: receiptSchema },
    answers: { 204: { description: "Noted." } },
    async handle(request) {
      const contact = await requireChatWithin(server, limiter, request);
      const { messageIds, status } = request.body;
      await server.store.recordReceipts(contact.id, messageIds, status, server.now());
      return new Response(null, { status: 204 });
    },
  });
}

const typingSchema = z.strictObject({});

function typingRoute(server: ServerContext, limiter: RateLimiter, agents: Agents | undefined): AnyRoute {
  return defineRoute<undefined, z.output<typeof typingSchema>>({
    method: "POST",
    path: "/chat/{token}/typing",
    operationId: "tellTyping",
    summary: "The customer is typing",
    crossOrigin: true,
    body: { schema: typingSchema },
    answers: { 204: { description: "Agents are told, where there are any." } },
    async handle(request) {
      const contact = await requireChatWithin(server, limiter, request);
      void agents?.tellTyping(contact.id);
      return new Response(null, { status: 204 });
    },
  });
}
