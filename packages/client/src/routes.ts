import type { ConversationQueryResult } from "./analytics.ts";
import type { Contact, DeadLetterCount, Message, OutboundMessage, Page, Scope } from "./contacts-api.ts";
import type { Expectation } from "./layers/layer.ts";
import type {
  CreatedSubscription,
  Replay,
  RotatedSecret,
  Subscription,
  SubscriptionTest,
} from "./subscriptions-api.ts";
import type { TransportRequest } from "./transport/transport.ts";

/** Where the contacts API begins. */
export const messagingPath = "/api/v2/conversations/messaging";

declare const model: unique symbol;

/** One route of the API. */
export interface Route<Model = unknown> {
  /** What the body of its answer is. A type alone: no route has this field. */
  readonly [model]?: Model;
  readonly method: TransportRequest["method"];
  /** With the names of ids in braces. */
  readonly path: string;
  /** What a token needs for it. */
  readonly scope?: Scope;
  /** The permissions of Genesys Cloud that it needs, of which any one suffices. */
  readonly permissions?: readonly string[];
  readonly expects: Expectation;
  /** Whether doing it twice makes a second thing, unless both carry the same idempotency key. */
  readonly takesIdempotencyKey?: true;
  /** Absent: doing it twice comes to the same, or `takesIdempotencyKey` says how it can. */
  readonly repeatable?: false;
}

const contacts = `${messagingPath}/contacts`;
const contact = `${contacts}/{contactId}`;
const messages = `${contact}/messages`;
const message = `${messages}/{messageId}`;
const allMessages = `${messagingPath}/messages`;
const subscriptions = `${messagingPath}/subscriptions`;
const subscription = `${subscriptions}/{subscriptionId}`;

/** What each route answers with. */
interface Models {
  createContact: Contact;
  listContacts: Page<Contact>;
  getContact: Contact;
  updateContact: Contact;
  deleteContact: undefined;
  sendMessage: OutboundMessage;
  listMessages: Page<Message>;
  getMessage: Message;
  retryMessage: OutboundMessage;
  cancelMessage: OutboundMessage;
  dropMessage: undefined;
  findMessages: Page<OutboundMessage>;
  locateMessage: Message;
  retryMessages: DeadLetterCount;
  dropMessages: DeadLetterCount;
  events: AsyncIterable<Uint8Array>;
  createSubscription: CreatedSubscription;
  listSubscriptions: Page<Subscription>;
  getSubscription: Subscription;
  updateSubscription: Subscription;
  removeSubscription: undefined;
  rotateSecret: RotatedSecret;
  testSubscription: SubscriptionTest;
  replayEvents: Replay;
  queryConversations: ConversationQueryResult;
}

/** Every route that the client calls. */
export const routes: { readonly [Name in keyof Models]: Route<Models[Name]> } = {
  createContact: {
    method: "POST",
    path: contacts,
    scope: "conversations:write",
    expects: "entity",
    takesIdempotencyKey: true,
  },
  listContacts: { method: "GET", path: contacts, scope: "conversations:read", expects: "page" },
  getContact: { method: "GET", path: contact, scope: "conversations:read", expects: "entity" },
  updateContact: { method: "PATCH", path: contact, scope: "conversations:write", expects: "entity" },
  deleteContact: { method: "DELETE", path: contact, scope: "conversations:write", expects: "nothing" },
  sendMessage: {
    method: "POST",
    path: messages,
    scope: "messages:send",
    expects: "entity",
    takesIdempotencyKey: true,
  },
  listMessages: { method: "GET", path: messages, scope: "conversations:read", expects: "page" },
  getMessage: { method: "GET", path: message, scope: "conversations:read", expects: "entity" },
  retryMessage: { method: "POST", path: `${message}/retry`, scope: "messages:send", expects: "entity" },
  cancelMessage: { method: "POST", path: `${message}/cancel`, scope: "messages:send", expects: "entity" },
  dropMessage: { method: "DELETE", path: message, scope: "messages:send", expects: "nothing" },
  findMessages: { method: "GET", path: allMessages, scope: "conversations:read", expects: "page" },
  locateMessage: {
    method: "GET",
    path: `${allMessages}/{messageId}`,
    scope: "conversations:read",
    expects: "entity",
  },
  retryMessages: { method: "POST", path: `${allMessages}/retry`, scope: "messages:send", expects: "object" },
  dropMessages: { method: "POST", path: `${allMessages}/drop`, scope: "messages:send", expects: "object" },
  events: { method: "GET", path: `${messagingPath}/events`, scope: "conversations:read", expects: "stream" },
  createSubscription: {
    method: "POST",
    path: subscriptions,
    scope: "conversations:write",
    expects: "entity",
    takesIdempotencyKey: true,
  },
  listSubscriptions: { method: "GET", path: subscriptions, scope: "conversations:read", expects: "page" },
  getSubscription: { method: "GET", path: subscription, scope: "conversations:read", expects: "entity" },
  updateSubscription: {
    method: "PATCH",
    path: subscription,
    scope: "conversations:write",
    expects: "entity",
  },
  removeSubscription: {
    method: "DELETE",
    path: subscription,
    scope: "conversations:write",
    expects: "nothing",
  },
  rotateSecret: {
    method: "POST",
    path: `${subscription}/rotate`,
    scope: "conversations:write",
    expects: "object",
  },
  testSubscription: {
    method: "POST",
    path: `${subscription}/test`,
    scope: "conversations:write",
    expects: "object",
  },
  replayEvents: {
    method: "POST",
    path: `${subscription}/replay`,
    scope: "conversations:write",
    expects: "object",
  },
  queryConversations: {
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    scope: "analytics:conversations:query",
    expects: "object",
  },
};
