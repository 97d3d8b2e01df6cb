import type { ContactState } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type { ContactRecord, StoredContact } from "../records.ts";
import type {
  Accepted,
  AddressTaken,
  ContactFilter,
  ContactUpdate,
  ConversationFilter,
  ConversationSummary,
  IdempotencyClaim,
} from "../store.ts";
import type { Connection } from "./connection.ts";
import { type ContactRow, contactFromRow } from "./contact-row.ts";
import { appendEvent } from "./event-table.ts";
import { findEarlierRequest, keepClaim } from "./idempotency-table.ts";

export function insertContact(
  connection: Connection,
  contact: ContactRecord,
  claim?: IdempotencyClaim,
): Accepted<ContactRecord> | AddressTaken {
  const earlier = claim && findEarlierRequest(connection, claim, contact.createdAt);
  if (earlier && !earlier.sameBody) return { kind: "mismatch" };
  if (earlier?.record) return { kind: "repeated", record: JSON.parse(earlier.record) as ContactRecord };
  const taken =
    contact.channel !== "web" && findContactByAddress(connection, contact.channel, contact.address);
  if (taken) return { kind: "address-taken", record: taken };
  const contactSeq = connection.insert(
    `INSERT INTO contacts (id, conversation_id, state, channel, address, display_name, attributes, chat_token,
                           created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    contact.id,
    contact.conversationId,
    contact.state,
    contact.channel,
    contact.address ?? null,
    contact.displayName ?? null,
    contact.attributes ? JSON.stringify(contact.attributes) : null,
    contact.chatToken,
    contact.createdAt,
    contact.updatedAt,
  );
  if (claim) {
    keepClaim(connection, claim, { contactSeq, record: JSON.stringify(contact) });
  }
  appendEvent(
    connection,
    { type: "conversation.state", contactSeq, value: contact.state },
    contact.createdAt,
  );
  return { kind: "created", record: contact };
}

type UniqueColumn = "id" | "conversation_id" | "chat_token";

export function findContact(
  connection: Connection,
  column: UniqueColumn,
  value: string,
): ContactRecord | undefined {
  const row = connection.get<ContactRow>(`SELECT * FROM contacts WHERE ${column} = ?`, value);
  return row && contactFromRow(row);
}

export function findContactByAddress(
  connection: Connection,
  channel: Channel,
  address: string | undefined,
): ContactRecord | undefined {
  const row = connection.get<ContactRow>(
    "SELECT * FROM contacts WHERE channel = ? AND address = ? AND channel <> 'web'",
    channel,
    address ?? null,
  );
  return row && contactFromRow(row);
}

/** Contacts by their places. */
export function findContacts(connection: Connection, seqs: number[]): Map<number, ContactRecord> {
  const rows = connection.all<ContactRow>(
    "SELECT contacts.* FROM json_each(?) CROSS JOIN contacts ON seq = value",
    JSON.stringify(seqs),
  );
  return new Map(rows.map((row) => [row.seq, contactFromRow(row)]));
}

/** What steers the taking of a message. */
export interface ContactStanding {
  seq: number;
  conversationId: string;
  state: ContactState;
}

export function findStanding(connection: Connection, contactId: string): ContactStanding | undefined {
  return connection.get<ContactStanding>(
    "SELECT seq, conversation_id AS conversationId, state FROM contacts WHERE id = ?",
    contactId,
  );
}

export function listContacts(connection: Connection, filter: ContactFilter): StoredContact[] {
  const rows = connection.all<ContactRow>(
    `SELECT * FROM contacts
     WHERE (? IS NULL OR state = ?) AND (? IS NULL OR channel = ?) AND seq < ?
     ORDER BY seq DESC LIMIT ?`,
    filter.state ?? null,
    filter.state ?? null,
    filter.channel ?? null,
    filter.channel ?? null,
    filter.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    filter.limit,
  );
  return rows.map((row) => ({ ...contactFromRow(row), seq: row.seq }));
}

export function updateContact(
  connection: Connection,
  id: string,
  update: ContactUpdate,
  now: number,
): ContactRecord | undefined {
  const row = connection.get<ContactRow>("SELECT * FROM contacts WHERE id = ?", id);
  if (!row) return undefined;
  const before = contactFromRow(row);
  const { closedAt: _, ...rest } = before;
  const after: ContactRecord = { ...rest, ...update, updatedAt: now };
  if (after.state === "closed") after.closedAt = before.closedAt ?? now;
  connection.run(
    `UPDATE contacts SET state = ?, display_name = ?, attributes = ?, updated_at = ?, closed_at = ? WHERE id = ?`,
    after.state,
    after.displayName ?? null,
    after.attributes ? JSON.stringify(after.attributes) : null,
    now,
    after.closedAt ?? null,
    id,
  );
  if (after.state !== before.state) {
    appendEvent(connection, { type: "conversation.state", contactSeq: row.seq, value: after.state }, now);
  }
  return after;
}

export function deleteContact(connection: Connection, id: string, now: number): boolean {
  const contact = findStanding(connection, id);
  if (!contact) return false;
  connection.run("DELETE FROM contacts WHERE seq = ?", contact.seq);
  connection.run(
    `DELETE FROM events WHERE id IN (
       SELECT id FROM event_blocks CROSS JOIN events USING (block) WHERE contact_seq = ?)`,
    contact.seq,
  );
  const { seq: contactSeq, conversationId } = contact;
  const deleted = { contactId: id, conversationId };
  appendEvent(connection, { type: "conversation.state", contactSeq, value: "deleted", deleted }, now);
  return true;
}

export function queryConversations(
  connection: Connection,
  filter: ConversationFilter,
): { total: number; conversations: ConversationSummary[] } {
  const where = `created_at < ? AND (closed_at IS NULL OR closed_at >= ?)
    AND (? IS NULL OR conversation_id IN (SELECT value FROM json_each(?)))`;
  const ids = filter.conversationIds ? JSON.stringify(filter.conversationIds) : null;
  const parameters = [filter.to, filter.from, ids, ids];
  const total = connection.get<{ n: number }>(
    `SELECT count(*) AS n FROM contacts WHERE ${where}`,
    ...parameters,
  );
  const direction = filter.order === "asc" ? "ASC" : "DESC";
  const rows = connection.all<ContactRow & { outbound: number; inbound: number }>(
    `SELECT c.*,
            (SELECT count(*) FROM messages m WHERE m.contact_seq = c.seq AND direction = 'outbound') AS outbound,
            (SELECT count(*) FROM messages m WHERE m.contact_seq = c.seq AND direction = 'inbound') AS inbound
     FROM contacts c WHERE ${where} ORDER BY created_at ${direction}, seq ${direction} LIMIT ? OFFSET ?`,
    ...parameters,
    filter.limit,
    filter.offset,
  );
  const conversations = rows.map((row) => ({
    contact: contactFromRow(row),
    outboundMessages: row.outbound,
    inboundMessages: row.inbound,
  }));
  return { total: total?.n ?? 0, conversations };
}
