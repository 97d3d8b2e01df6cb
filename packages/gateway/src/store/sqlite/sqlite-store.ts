import { RateWindows } from "../rate-windows.ts";
import type { Settlement, Store, StoreChange } from "../store.ts";
import { listAttempts } from "./attempt-table.ts";
import { batched } from "./batched.ts";
import * as clients from "./client-tables.ts";
import type { Connection } from "./connection.ts";
import * as contacts from "./contact-tables.ts";
import * as reports from "./delivery-reports.ts";
import * as events from "./event-table.ts";
import { claimLanes } from "./lane-claims.ts";
import { settleLanes } from "./lane-settlements.ts";
import { linkMethods } from "./link-tables.ts";
import * as administration from "./message-administration.ts";
import * as messages from "./message-tables.ts";
import { reportPace } from "./pace-tables.ts";
import * as parts from "./part-tables.ts";
import { removeExpired } from "./remove-expired.ts";
import { subscriptionMethods } from "./sqlite-subscriptions.ts";
import { listStatuses } from "./status-table.ts";
import { asStoreError, WriteQueue } from "./write-queue.ts";

/** How a part of the store reaches the database. */
interface Access {
  connection: Connection;
  read<Result>(work: () => Result): Promise<Result>;
  write<Result>(work: () => Result): Promise<Result>;
  /** The store's clock: milliseconds since 1970. */
  now: () => number;
}

/** The store in one SQLite file. Writes are committed in groups and flushed to disk; reads see only commits. */
export function createSqliteStore(connection: Connection, now: () => number = Date.now): Store {
  const listeners = new Set<(change: StoreChange) => void>();
  const queue = new WriteQueue(connection, (changes) => {
    for (const change of changes) for (const listener of listeners) listener(change);
  });
  const write = <Result>(work: () => Result): Promise<Result> => queue.write(work);
  const read = async <Result>(work: () => Result): Promise<Result> => {
    try {
      return work();
    } catch (error) {
      throw asStoreError(error);
    }
  };
  const access: Access = { connection, read, write, now };
  const rates = new RateWindows(now);

  return {
    ...clientMethods(access),
    ...contactMethods(access),
    ...messageMethods(access),
    ...deliveryMethods(access),
    ...partMethods(access),
    ...administrationMethods(access),
    ...subscriptionMethods(connection, access),
    ...linkMethods(connection, access),
    lastEventId: () => read(() => events.lastEventId(connection)),
    readEvents: (afterId, limit, contactId) =>
      read(() => events.readEvents(connection, afterId, limit, contactId)),
    // One process has the file to itself, and a count need not outlive it.
    takeRate: async (...one) => rates.take(...one),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ping: () => read(() => void connection.get("SELECT 1")),
    async close() {
      queue.flush();
      connection.close();
    },
  };
}

function clientMethods({ connection, read, write }: Access) {
  return {
    insertClient: (client) => write(() => clients.insertClient(connection, client)),
    findClient: (clientId) => read(() => clients.findClient(connection, clientId)),
    listClients: () => read(() => clients.listClients(connection)),
    revokeClient: (clientId, now) => write(() => clients.revokeClient(connection, clientId, now)),
    insertToken: (token) => write(() => clients.insertToken(connection, token)),
    findToken: (hash) => read(() => clients.findToken(connection, hash)),
    insertAuthorizationCode: (code) => write(() => clients.insertAuthorizationCode(connection, code)),
    takeAuthorizationCode: (hash) => write(() => clients.takeAuthorizationCode(connection, hash)),
  } satisfies Partial<Store>;
}

function contactMethods({ connection, read, write }: Access) {
  return {
    insertContact: (contact, claim) => write(() => contacts.insertContact(connection, contact, claim)),
    findContact: (id) => read(() => contacts.findContact(connection, "id", id)),
    findContactByConversation: (id) => read(() => contacts.findContact(connection, "conversation_id", id)),
    findContactByAddress: (channel, address) =>
      read(() => contacts.findContactByAddress(connection, channel, address)),
    findContactByChatToken: (token) => read(() => contacts.findContact(connection, "chat_token", token)),
    listContacts: (filter) => read(() => contacts.listContacts(connection, filter)),
    updateContact: (id, update, now) => write(() => contacts.updateContact(connection, id, update, now)),
    deleteContact: (id, now) => write(() => contacts.deleteContact(connection, id, now)),
    queryConversations: (filter) => read(() => contacts.queryConversations(connection, filter)),
  } satisfies Partial<Store>;
}

function messageMethods({ connection, read, write, now }: Access) {
  return {
    acceptMessage: (message, claim, rendering) =>
      write(() => messages.acceptMessage(connection, message, { claim, rendering }, now())),
    acceptInbound: (message, media) => write(() => messages.acceptInbound(connection, message, media, now())),
    readMedia: (id) => read(() => messages.readMedia(connection, id)),
    findMessage: (contactId, id) => read(() => messages.findMessage(connection, contactId, id)),
    locateMessage: (id) => read(() => messages.locateMessage(connection, id)),
    listMessages: (contactId, range) => read(() => messages.listMessages(connection, contactId, range)),
    listAttempts: (messageId) => read(() => listAttempts(connection, messageId)),
    listStatuses: ({ id }) => read(() => listStatuses(connection, id)),
    recordReceipts: (contactId, ids, status) =>
      write(() => reports.recordReceipts(connection, contactId, ids, status, now())),
  } satisfies Partial<Store>;
}

function deliveryMethods({ connection, write, now }: Access) {
  return {
    claim: (request) => write(() => claimLanes(connection, request, now())),
    settle: batched(write, (settlements: Settlement[]) => settleLanes(connection, settlements, now())),
    recordApplied: (messageId, channelMessageId) =>
      write(() => reports.recordApplied(connection, messageId, channelMessageId, now())),
    reportPace: (channel, pace, report) => write(() => reportPace(connection, channel, pace, report, now())),
  } satisfies Partial<Store>;
}

function partMethods({ connection, read, write, now }: Access) {
  return {
    findRenderings: (ids) => read(() => parts.findRenderings(connection, ids)),
    listParts: (messageId) => read(() => parts.listParts(connection, messageId)),
    recordPart: (messageId, part) => write(() => parts.recordPart(connection, messageId, part)),
    reportPart: (messageId, part) => write(() => parts.reportPart(connection, messageId, part, now())),
    findPart: (channel, id) => read(() => parts.findPart(connection, channel, id)),
  } satisfies Partial<Store>;
}

function administrationMethods({ connection, read, write, now }: Access) {
  return {
    findMessages: (filter) => read(() => administration.findMessages(connection, filter)),
    cancelMessage: (id) => write(() => administration.cancelMessage(connection, id, now())),
    retryMessage: (id, expiresAt) =>
      write(() => administration.retryMessage(connection, id, expiresAt, now())),
    dropMessage: (id) => write(() => administration.dropMessage(connection, id)),
    removeFinished: (before, limit) => write(() => administration.removeFinished(connection, before, limit)),
    removeExpired: (end, limit) => write(() => removeExpired(connection, end, limit)),
  } satisfies Partial<Store>;
}
