import { randomUUID } from "node:crypto";
import type { ContactChanges, NewContact } from "@quickcard/client";
import { channels } from "@quickcard/content";
import { z } from "zod";
import { type ApiError, fieldError } from "../http/api-error.ts";
import { mismatch } from "../http/idempotency.ts";
import { type AnyRoute, defineRoute, json, type RouteRequest } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { createSecret } from "../oauth/secret.ts";
import type { ContactRecord } from "../store/records.ts";
import { cursorSchema, pageSizeSchema, toPage } from "./cursor.ts";
import { type Channels, channelUnavailable } from "./plan-message.ts";
import { requireContact } from "./require-contact.ts";
import { apiBase, toContact } from "./resources.ts";
import { contactChangesSchema, contactSchema, newContactSchema, pageSchema } from "./schemas.ts";

const tag = "Contacts";
const contactPath = `${apiBase}/contacts/{contactId}`;

/** The customers that can be written to. */
export function contactRoutes(server: ServerContext, channels: Channels): AnyRoute[] {
  return [
    createContact(server, channels),
    listContacts(server),
    getContact(server),
    changeContact(server),
    deleteContact(server),
  ];
}

function createContact({ store, now }: ServerContext, channels: Channels): AnyRoute {
  return defineRoute<undefined, NewContact>({
    method: "POST",
    path: `${apiBase}/contacts`,
    operationId: "createContact",
    tag,
    summary: "Make a contact and its conversation",
    description:
      "What happens when a customer starts a chat. On channel `web` the answer holds the customer's page; on the others " +
      "the customer's `address` there is needed, and a contact is made by itself of who writes first.",
    scope: "conversations:write",
    repeatable: true,
    body: { schema: newContactSchema, example: { channel: "web", displayName: "Ada" } },
    answers: { 201: { description: "The contact.", schema: contactSchema } },
    errors: ["channel.address", "channel.unavailable", "contact.exists"],
    async handle({ body, claim, origin }) {
      const createdAt = now();
      const made = await store.insertContact(
        {
          ...body,
          ...readAddress(body, channels),
          id: randomUUID(),
          conversationId: randomUUID(),
          state: "active",
          chatToken: createSecret(),
          createdAt,
          updatedAt: createdAt,
        },
        claim,
      );
      if (made.kind === "mismatch") throw mismatch();
      if (made.kind === "address-taken") throw addressTaken(made.record);
      const contact = toContact(made.record, origin);
      return json(201, contact, { location: contact.selfUri });
    },
  });
}

/** A customer's address in the form in which the channel itself tells it: so what the customer writes finds the contact. */
function readAddress({ channel, address }: NewContact, channels: Channels): { address?: string } {
  const adapter = channels.get(channel);
  if (!adapter) throw channelUnavailable(channel, channels);
  if (!adapter.readAddress) return {};
  const read = address === undefined ? undefined : adapter.readAddress(address);
  if (read !== undefined) return { address: read };
  const message =
    address === undefined
      ? `A contact on "${channel}" needs an address: what the customer is called there.`
      : `This is not an address on "${channel}". Give what the channel itself calls the customer.`;
  throw fieldError("channel.address", "/address", message);
}

function addressTaken({ id }: ContactRecord): ApiError {
  return fieldError(
    "contact.exists",
    "/address",
    `The contact ${id} has this address on this channel. Send to it, or delete it first.`,
  );
}

const listQuery = z.strictObject({
  state: z.enum(["queued", "active", "closed"], "must be queued, active or closed").exactOptional(),
  channel: z.enum(channels, `must be one of ${channels.join(", ")}`).exactOptional(),
  pageSize: pageSizeSchema,
  after: cursorSchema.exactOptional(),
});

function listContacts({ store }: ServerContext): AnyRoute {
  return defineRoute<z.output<typeof listQuery>, undefined>({
    method: "GET",
    path: `${apiBase}/contacts`,
    operationId: "listContacts",
    tag,
    summary: "List contacts, newest first",
    scope: "conversations:read",
    query: listQuery,
    answers: { 200: { description: "One page of contacts.", schema: pageSchema(contactSchema) } },
    async handle(request) {
      const { state, channel, pageSize, after } = request.query;
      const rows = await store.listContacts({
        ...(state ? { state } : {}),
        ...(channel ? { channel } : {}),
        ...(after === undefined ? {} : { beforeSeq: after }),
        limit: pageSize + 1,
      });
      const here = { path: `${apiBase}/contacts`, query: { state, channel } };
      return json(
        200,
        toPage(rows, pageSize, here, ({ seq: _, ...row }) => shown(request, row)),
      );
    },
  });
}

function getContact({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: contactPath,
    operationId: "getContact",
    tag,
    summary: "Read a contact",
    description: "Says whether the conversation accepts messages, before you send one.",
    scope: "conversations:read",
    answers: { 200: { description: "The contact.", schema: contactSchema } },
    errors: ["not.found"],
    handle: async (request) =>
      json(200, shown(request, await requireContact(store, request.params.contactId))),
  });
}

function changeContact({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, ContactChanges>({
    method: "PATCH",
    path: contactPath,
    operationId: "changeContact",
    tag,
    summary: "Close or reopen a conversation, or change what is known of a contact",
    scope: "conversations:write",
    body: { schema: contactChangesSchema, example: { state: "closed" } },
    answers: { 200: { description: "The contact as it is now.", schema: contactSchema } },
    errors: ["not.found"],
    async handle(request) {
      const { id } = await requireContact(store, request.params.contactId);
      const contact = await store.updateContact(id, request.body, now());
      return json(200, shown(request, contact ?? (await requireContact(store, id))));
    },
  });
}

function deleteContact({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "DELETE",
    path: contactPath,
    operationId: "deleteContact",
    tag,
    summary: "Forget a contact and its messages",
    description:
      "Nothing of the contact is kept but an event that says so. A closed contact can be reopened; this is for good.",
    scope: "conversations:write",
    answers: { 204: { description: "The contact is gone." } },
    errors: ["not.found"],
    async handle({ params }) {
      const { id } = await requireContact(store, params.contactId);
      await store.deleteContact(id, now());
      return new Response(null, { status: 204 });
    },
  });
}

/** Who may write as us may also see the customer's link; who only reads may not, since it lets one write as the customer. */
function shown(request: Pick<RouteRequest<unknown, unknown>, "caller" | "origin">, record: ContactRecord) {
  const mayHaveLink = request.caller?.scopes.includes("conversations:write");
  return toContact(record, mayHaveLink ? request.origin : undefined);
}
