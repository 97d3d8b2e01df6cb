import { randomUUID } from "node:crypto";
import type { MessageRequest } from "@quickcard/client";
import { validateMessage } from "@quickcard/content";
import { messageSchema as messageRequestSchema } from "@quickcard/content/schemas";
import { z } from "zod";
import { mismatch } from "../http/idempotency.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { refusalOf } from "../http/validation.ts";
import { cursorSchema, pageSizeSchema, toPage } from "./cursor.ts";
import { alreadyExpired, planDelivery } from "./plan-delivery.ts";
import { conversationClosed, noSuchContact, requireContact } from "./require-contact.ts";
import { requireMessage } from "./require-message.ts";
import { apiBase, toMessage, toOutboundMessage } from "./resources.ts";
import { messageSchema, outboundMessageSchema, pageSchema } from "./schemas.ts";

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
export function messageRoutes(server: ServerContext, options: { allowHttpMedia: boolean }): AnyRoute[] {
  return [sendMessage(server, options.allowHttpMedia), listMessages(server), getMessage(server)];
}

function sendMessage({ store, now }: ServerContext, allowHttp: boolean): AnyRoute {
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
    errors: ["conversation.closed", "invalid.content.type", "not.found"],
    async handle({ params, body, claim }) {
      const createdAt = now();
      const accepted = await store.acceptMessage(
        {
          id: randomUUID(),
          contactId: params.contactId ?? "",
          direction: "outbound",
          status: "queued",
          content: body.content,
          ...(body.metadata ? { metadata: body.metadata } : {}),
          ...planDelivery(body.delivery, createdAt),
          createdAt,
        },
        claim,
      );
      if (accepted.kind === "mismatch") throw mismatch();
      if (accepted.kind === "closed") throw conversationClosed();
      if (accepted.kind === "too-late") throw alreadyExpired();
      if (accepted.kind === "no-contact") {
        await requireContact(store, params.contactId);
        throw noSuchContact();
      }
      const message = toOutboundMessage(accepted.record);
      return json(201, message, { location: message.selfUri });
    },
  });
}

function readMessage(value: unknown, allowHttp: boolean): MessageRequest {
  const result = validateMessage(value, { allowHttp });
  if (result.ok) return result.message;
  throw refusalOf(
    result.issues.map(({ code, pointer, message, fix }) => ({
      errorCode: code,
      fieldName: pointer,
      message: `${message} ${fix}`,
    })),
  );
}

const listQuery = z.strictObject({ pageSize: pageSizeSchema, after: cursorSchema.exactOptional() });

function listMessages({ store }: ServerContext): AnyRoute {
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
      return json(200, toPage(rows, pageSize, here, toMessage));
    },
  });
}

function getMessage({ store }: ServerContext): AnyRoute {
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
      const record = await requireMessage(store, params);
      if (record.direction === "inbound") return json(200, toMessage(record));
      const [attempts, statuses] = await Promise.all([
        store.listAttempts(record.id),
        store.listStatuses(record),
      ]);
      return json(200, toOutboundMessage(record, { attempts, statuses }));
    },
  });
}
