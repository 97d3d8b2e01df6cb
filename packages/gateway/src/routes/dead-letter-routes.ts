import type { Message, MessageStatus } from "@quickcard/client";
import { channels } from "@quickcard/content";
import { z } from "zod";
import { deadLetters } from "../delivery/message-state.ts";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { OutboundRecord, StoredMessage } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { cursorSchema, pageSizeSchema, toPage } from "./cursor.ts";
import { deadLetterCountSchema, deadLetterSelectionSchema, statusListSchema } from "./dead-letter-schemas.ts";
import { defaultLifetimeMs } from "./plan-delivery.ts";
import { type Channels, findNotices } from "./plan-message.ts";
import { requireMessage } from "./require-message.ts";
import { apiBase, toMessage } from "./resources.ts";
import { messageSchema, outboundMessageSchema, pageSchema } from "./schemas.ts";
import { showMessage } from "./show-message.ts";

const tag = "Messages";
const allPath = `${apiBase}/messages`;
const onePath = `${apiBase}/contacts/{contactId}/messages/{messageId}`;

/** Messages that were not delivered, and those that wait: to find them, to take them back, to send them again. */
export function deadLetterRoutes(server: ServerContext, adapters: Channels): AnyRoute[] {
  const shown: Shown = async (record) => {
    const notices = await findNotices({ store: server.store, channels: adapters }, [record]);
    return toMessage(record, notices.get(record.id));
  };
  return [
    findMessages(server, adapters),
    retryMessages(server),
    dropMessages(server),
    retryMessage(server, shown),
    cancelMessage(server, shown),
    dropMessage(server),
    // Behind the paths that it would fit as well.
    locateMessage(server, adapters),
  ];
}

const findQuery = z.strictObject({
  status: statusListSchema.default([...deadLetters]),
  contactId: z.string().max(64).exactOptional(),
  channel: z.enum(channels, `must be one of ${channels.join(", ")}`).exactOptional(),
  pageSize: pageSizeSchema,
  after: cursorSchema.exactOptional(),
});

/** A message as it is shown, with its notices. */
type Shown = (record: StoredMessage) => Promise<Message>;

function findMessages({ store }: ServerContext, adapters: Channels): AnyRoute {
  return defineRoute<z.output<typeof findQuery>, undefined>({
    method: "GET",
    path: allPath,
    operationId: "findMessages",
    tag,
    summary: "List messages of all contacts by status, newest first",
    description: "Without `status`: the dead letters, which are `failed`, `unknown` and `expired`.",
    scope: "conversations:read",
    query: findQuery,
    answers: { 200: { description: "One page of messages.", schema: pageSchema(outboundMessageSchema) } },
    async handle({ query }) {
      const { status: statuses, contactId, channel, pageSize, after } = query;
      const rows = await store.findMessages({
        statuses,
        ...(contactId === undefined ? {} : { contactId }),
        ...(channel ? { channel } : {}),
        ...(after === undefined ? {} : { beforeSeq: after }),
        limit: pageSize + 1,
      });
      const notices = await findNotices({ store, channels: adapters }, rows);
      const here = { path: allPath, query: { status: statuses.join(","), contactId, channel } };
      return json(
        200,
        toPage(rows, pageSize, here, (row) => toMessage(row, notices.get(row.id))),
      );
    },
  });
}

function locateMessage({ store }: ServerContext, channels: Channels): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: `${allPath}/{messageId}`,
    operationId: "locateMessage",
    tag,
    summary: "Read a message of whichever contact, every status it has had and every attempt to deliver it",
    scope: "conversations:read",
    answers: { 200: { description: "The message.", schema: messageSchema } },
    errors: ["not.found"],
    async handle({ params }) {
      const message = await store.locateMessage(params.messageId ?? "");
      if (message) return json(200, await showMessage({ store, channels }, message));
      throw new ApiError("not.found", "There is no such message. Use an id from POST or GET …/messages.");
    },
  });
}

/** What a route does with each message that it finds. `true` where it was done. */
type Act = (messageId: string) => Promise<boolean>;

function bulkRoute(
  { store }: ServerContext,
  route: {
    name: "retry" | "drop";
    summary: string;
    description: string;
    statuses: readonly MessageStatus[];
  },
  act: Act,
): AnyRoute {
  return defineRoute<undefined, z.output<typeof deadLetterSelectionSchema>>({
    method: "POST",
    path: `${allPath}/${route.name}`,
    operationId: `${route.name}Messages`,
    tag,
    summary: route.summary,
    description: route.description,
    scope: "messages:send",
    body: { schema: deadLetterSelectionSchema, example: { statuses: ["failed"], limit: 100 } },
    answers: { 200: { description: "How many there were.", schema: deadLetterCountSchema } },
    async handle({ body }) {
      const { statuses = route.statuses, contactId, channel, before, limit } = body;
      const messages = await store.findMessages({
        statuses,
        ...(contactId === undefined ? {} : { contactId }),
        ...(channel ? { channel } : {}),
        ...(before === undefined ? {} : { createdBefore: Date.parse(before) }),
        order: "oldest-first",
        limit,
      });
      return json(200, { count: await actInOrder(messages, act) });
    },
  });
}

/** One after the other for each contact, so that what was accepted first is sent first again. */
async function actInOrder(messages: StoredMessage[], act: Act): Promise<number> {
  const lanes = new Map<string, StoredMessage[]>();
  for (const message of messages) {
    lanes.set(message.contactId, [...(lanes.get(message.contactId) ?? []), message]);
  }
  const counts = [...lanes.values()].map(async (lane) => {
    let count = 0;
    for (const { id } of lane) if (await act(id)) count += 1;
    return count;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

function retryMessages(server: ServerContext): AnyRoute {
  return bulkRoute(
    server,
    {
      name: "retry",
      summary: "Send dead letters again",
      description:
        "Each goes behind what its contact has waiting, and has 24 hours. Without `statuses`: those that are `failed` " +
        "and `expired`; the customer may have those that are `unknown`.",
      statuses: ["failed", "expired"],
    },
    (id) => server.store.retryMessage(id, server.now() + defaultLifetimeMs),
  );
}

function dropMessages(server: ServerContext): AnyRoute {
  return bulkRoute(
    server,
    {
      name: "drop",
      summary: "Remove dead letters for good",
      description:
        "Nothing of them is kept. Without `statuses`: all that are `failed`, `unknown` or `expired`.",
      statuses: deadLetters,
    },
    (id) => server.store.dropMessage(id),
  );
}

function retryMessage({ store, now }: ServerContext, shown: Shown): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: `${onePath}/retry`,
    operationId: "retryMessage",
    tag,
    summary: "Send a dead letter again",
    description: "It goes behind what its contact has waiting, and has 24 hours.",
    scope: "messages:send",
    answers: { 200: { description: "The message as it is now.", schema: outboundMessageSchema } },
    errors: ["not.found", "message.state"],
    async handle({ params }) {
      const message = await requireOutbound(store, params);
      const done = await store.retryMessage(message.id, now() + defaultLifetimeMs);
      if (!done) throw wrongState(message, "Only one that is failed, unknown or expired can be sent again.");
      return json(200, await shown(await requireMessage(store, params)));
    },
  });
}

function cancelMessage({ store }: ServerContext, shown: Shown): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: `${onePath}/cancel`,
    operationId: "cancelMessage",
    tag,
    summary: "Take back a message that waits",
    scope: "messages:send",
    answers: { 200: { description: "The message as it is now.", schema: outboundMessageSchema } },
    errors: ["not.found", "message.state"],
    async handle({ params }) {
      const message = await requireOutbound(store, params);
      const done = await store.cancelMessage(message.id);
      if (!done) throw wrongState(message, "Only one that is queued or retry_wait can be taken back.");
      return json(200, await shown(await requireMessage(store, params)));
    },
  });
}

function dropMessage({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "DELETE",
    path: onePath,
    operationId: "dropMessage",
    tag,
    summary: "Remove a dead letter for good",
    scope: "messages:send",
    answers: { 204: { description: "The message is gone." } },
    errors: ["not.found", "message.state"],
    async handle({ params }) {
      const message = await requireOutbound(store, params);
      const done = await store.dropMessage(message.id);
      if (!done) throw wrongState(message, "Only one that is failed, unknown or expired can be dropped.");
      return new Response(null, { status: 204 });
    },
  });
}

async function requireOutbound(store: Store, params: Record<string, string>): Promise<OutboundRecord> {
  const message = await requireMessage(store, params);
  if (message.direction === "outbound") return message;
  throw new ApiError("message.state", "The customer sent this message; there is nothing to deliver.");
}

function wrongState({ status }: OutboundRecord, rule: string): ApiError {
  return new ApiError("message.state", `The message is ${status}. ${rule}`);
}
