import { randomUUID } from "node:crypto";
import type { MessageRequest } from "@quickcard/client";
import { validateMessage } from "@quickcard/content";
import { messageSchema as messageRequestSchema } from "@quickcard/content/schemas";
import { z } from "zod";
import type { ApiError } from "../http/api-error.ts";
import { mismatch } from "../http/idempotency.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { refusalOf } from "../http/validation.ts";
import type { RenderingRecord } from "../store/channel-records.ts";
import type { IdempotencyClaim } from "../store/store.ts";
import { cursorSchema, pageSizeSchema, toPage } from "./cursor.ts";
import { alreadyExpired, planDelivery } from "./plan-delivery.ts";
import { type Channels, findNotices, planMessage } from "./plan-message.ts";
import { conversationClosed, noSuchContact, requireContact } from "./require-contact.ts";
import { requireMessage } from "./require-message.ts";
import { apiBase, toMessage, toOutboundMessage } from "./resources.ts";
import { messageSchema, outboundMessageSchema, pageSchema } from "./schemas.ts";
import { showMessage } from "./show-message.ts";

const tag = "Messages";
const messagesPath = `${apiBase}/contacts/{contactId}/messages`;

const example = {
  type: "message",
  content: {
    type: "quick-reply",
    title: "Select a service department:",
    choices: [
      { label: "Sales", value: "dept_sales" },
      { label: "Support", value: "dept_support" },
      { label: "Billing", value: "dept_billing" },
    ],
  },
};

/** Sending messages, and what was said so far. */
export function messageRoutes(
  server: ServerContext,
  { allowHttpMedia, channels }: { allowHttpMedia: boolean; channels: Channels },
): AnyRoute[] {
  const ground = { ...server, channels };
  return [sendMessage(ground, allowHttpMedia), listMessages(ground), getMessage(ground)];
}

/** What the routes stand on. */
type Ground = ServerContext & { channels: Channels };

function sendMessage(ground: Ground, allowHttp: boolean): AnyRoute {
  return defineRoute<undefined, MessageRequest>({
    method: "POST",
    path: messagesPath,
    operationId: "sendMessage",
    tag,
    summary: "Send a message",
    description:
      "The message is on disk before the answer leaves, and is delivered after all that the contact has waiting.",
    scope: "messages:send",
    repeatable: true,
    body: { schema: messageRequestSchema, read: (value) => readMessage(value, allowHttp), example },
    answers: { 201: { description: "The message, accepted.", schema: outboundMessageSchema } },
    errors: [
      "channel.unavailable",
      "channel.unsupported",
      "channel.window.closed",
      "conversation.closed",
      "invalid.content.type",
      "not.found",
    ],
    async handle({ params, body, claim }) {
      const message = newMessage(params.contactId ?? "", body, ground.now());
      const { rendering, refusal } = await planMessage(ground, message, body);
      const accepted = await accept(ground, { message, claim, rendering, refusal });
      const notices =
        accepted.kind === "created"
          ? rendering?.notices
          : (await findNotices(ground, [accepted.record])).get(accepted.record.id);
      const shown = toOutboundMessage(accepted.record, notices);
      return json(201, shown, { location: shown.selfUri });
    },
  });
}

function newMessage(contactId: string, body: MessageRequest, createdAt: number) {
  return {
    id: randomUUID(),
    contactId,
    direction: "outbound",
    status: "queued",
    content: body.content,
    ...(body.metadata ? { metadata: body.metadata } : {}),
    ...planDelivery(body.delivery, createdAt),
    createdAt,
  } as const;
}

interface Acceptance {
  message: ReturnType<typeof newMessage>;
  claim: IdempotencyClaim | undefined;
  rendering: RenderingRecord | undefined;
  /** Why the channel does not take it. */
  refusal: ApiError | undefined;
}

/** A message that is refused is offered with its time over, so that only the repetition of an earlier one is answered. */
async function accept({ store }: Ground, { message, claim, rendering, refusal }: Acceptance) {
  const offered = refusal ? { ...message, expiresAt: message.createdAt } : message;
  const accepted = await store.acceptMessage(offered, claim, rendering);
  switch (accepted.kind) {
    case "created":
    case "repeated":
      return accepted;
    case "mismatch":
      throw mismatch();
    case "closed":
      throw conversationClosed();
    case "too-late":
      throw refusal ?? alreadyExpired();
    case "no-contact":
      await requireContact(store, message.contactId);
      throw noSuchContact();
  }
}

function readMessage(value: unknown, allowHttp: boolean): MessageRequest {
  const result = validateMessage(value, { allowHttp });
  if (result.ok) return result.message;
  throw refusalOf(
    result.issues.map(({ code, pointer, message, fix }) => ({
      errorCode: code,
      fieldName: pointer,
      message: `${message}. ${fix}`,
    })),
  );
}

const listQuery = z.strictObject({ pageSize: pageSizeSchema, after: cursorSchema.exactOptional() });

function listMessages(ground: Ground): AnyRoute {
  const { store } = ground;
  return defineRoute<z.output<typeof listQuery>, undefined>({
    method: "GET",
    path: messagesPath,
    operationId: "listMessages",
    tag,
    summary: "Read the conversation, both directions, oldest first",
    scope: "conversations:read",
    query: listQuery,
    answers: { 200: { description: "One page of messages.", schema: pageSchema(messageSchema) } },
    errors: ["not.found"],
    async handle({ params, query }) {
      const { id } = await requireContact(store, params.contactId);
      const { pageSize, after: afterSeq } = query;
      const range = { order: "oldest-first", limit: pageSize + 1 } as const;
      const rows = await store.listMessages(id, afterSeq === undefined ? range : { ...range, afterSeq });
      const here = { path: `${apiBase}/contacts/${id}/messages`, query: {} };
      const notices = await findNotices(ground, rows);
      return json(
        200,
        toPage(rows, pageSize, here, (row) => toMessage(row, notices.get(row.id))),
      );
    },
  });
}

function getMessage(ground: Ground): AnyRoute {
  const { store } = ground;
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: `${messagesPath}/{messageId}`,
    operationId: "getMessage",
    tag,
    summary: "Read a message, every status it has had and every attempt to deliver it",
    scope: "conversations:read",
    answers: { 200: { description: "The message.", schema: messageSchema } },
    errors: ["not.found"],
    async handle({ params }) {
      return json(200, await showMessage(ground, await requireMessage(store, params)));
    },
  });
}
