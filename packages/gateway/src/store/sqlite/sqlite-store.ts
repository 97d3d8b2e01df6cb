import type { Store, StoreChange } from "../store.ts";
import * as clients from "./client-tables.ts";
import type { Connection } from "./connection.ts";
import * as contacts from "./contact-tables.ts";
import * as delivery from "./delivery-tables.ts";
import * as events from "./event-table.ts";
import * as messages from "./message-tables.ts";
import { WriteQueue } from "./write-queue.ts";

const expiringTables = ["tokens", "authorization_codes", "idempotency_keys"];

/**
 * For how long an expired token is remembered, so that its holder is told `credentials.expired` rather than
 * `bad.credentials`.
 */
const expiredTokenMemoryMs = 24 * 60 * 60 * 1000;

/** The store in one SQLite file. Writes are committed in groups and flushed to disk; reads see only commits. */
export function createSqliteStore(connection: Connection): Store {
  const listeners = new Set<(change: StoreChange) => void>();
  const queue = new WriteQueue(connection, (changes) => {
    for (const change of changes) for (const listener of listeners) listener(change);
  });
  const write = <Result>(work: () => Result): Promise<Result> => queue.write(work);
  const read = async <Result>(work: () => Result): Promise<Result> => work();

  return {
    insertClient: (client) => write(() => clients.insertClient(connection, client)),
    findClient: (clientId) => read(() => clients.findClient(connection, clientId)),
    listClients: () => read(() => clients.listClients(connection)),
    revokeClient: (clientId, now) => write(() => clients.revokeClient(connection, clientId, now)),
    insertToken: (token) => write(() => clients.insertToken(connection, token)),
    findToken: (hash) => read(() => clients.findToken(connection, hash)),
    insertAuthorizationCode: (code) => write(() => clients.insertAuthorizationCode(connection, code)),
    takeAuthorizationCode: (hash) => write(() => clients.takeAuthorizationCode(connection, hash)),

    insertContact: (contact, claim) => write(() => contacts.insertContact(connection, contact, claim)),
    findContact: (id) => read(() => contacts.findContact(connection, "id", id)),
    findContactByConversation: (id) => read(() => contacts.findContact(connection, "conversation_id", id)),
    findContactByChatToken: (token) => read(() => contacts.findContact(connection, "chat_token", token)),
    listContacts: (filter) => read(() => contacts.listContacts(connection, filter)),
    updateContact: (id, update, now) => write(() => contacts.updateContact(connection, id, update, now)),
    deleteContact: (id, now) => write(() => contacts.deleteContact(connection, id, now)),
    queryConversations: (filter) => read(() => contacts.queryConversations(connection, filter)),

    acceptMessage: (message, claim) => write(() => messages.acceptMessage(connection, message, claim)),
    acceptInbound: (message) => write(() => messages.acceptInbound(connection, message)),
    findMessage: (contactId, id) => read(() => messages.findMessage(connection, contactId, id)),
    listMessages: (contactId, range) => read(() => messages.listMessages(connection, contactId, range)),

    recordReceipts: (contactId, ids, status, now) =>
      write(() => delivery.recordReceipts(connection, contactId, ids, status, now)),
    listAttempts: (messageId) => read(() => delivery.listAttempts(connection, messageId)),
    claimMessages: (limit, now) => write(() => delivery.claimMessages(connection, limit, now)),
    finishAttempt: (id, attempt, outcome, now) =>
      write(() => delivery.finishAttempt(connection, id, attempt, outcome, now)),
    releaseClaims: (now) => write(() => delivery.releaseClaims(connection, now)),

    lastEventId: () => read(() => events.lastEventId(connection)),
    readEvents: (afterId, limit, contactId) =>
      read(() => events.readEvents(connection, afterId, limit, contactId)),
    removeExpired: (now, limit) => write(() => removeExpired(connection, now, limit)),

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

function removeExpired(connection: Connection, now: number, limit: number): void {
  for (const table of expiringTables) {
    const end = table === "tokens" ? now - expiredTokenMemoryMs : now;
    const key = { tokens: "token_hash", authorization_codes: "code_hash" }[table] ?? "client_id, route, key";
    connection.run(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE expires_at <= ? LIMIT ?)`,
      end,
      limit,
    );
  }
}
