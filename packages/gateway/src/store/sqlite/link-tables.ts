import type {
  ConversationChecks,
  LinkedConversationRecord,
  LinkedMessageRecord,
  LinkStore,
} from "../link-store.ts";
import type { Connection } from "./connection.ts";

/** How a part of the store reaches the database. */
interface Access {
  read<Result>(work: () => Result): Promise<Result>;
  write<Result>(work: () => Result): Promise<Result>;
  /** Milliseconds since 1970. */
  now: () => number;
}

interface MessageRow {
  message_id: string;
  contact_id: string;
  integration_id: string;
  remote_id: string;
  role: LinkedMessageRecord["role"];
  part: number;
  parts: number;
  created_at: number;
}

function messageFromRow(row: MessageRow): LinkedMessageRecord {
  return {
    messageId: row.message_id,
    contactId: row.contact_id,
    integrationId: row.integration_id,
    remoteId: row.remote_id,
    role: row.role,
    part: row.part,
    parts: row.parts,
    createdAt: row.created_at,
  };
}

interface ConversationRow {
  contact_id: string;
  integration_id: string;
  remote_id: string;
  phase: LinkedConversationRecord["phase"];
}

function conversationFromRow(row: ConversationRow): LinkedConversationRecord {
  return {
    contactId: row.contact_id,
    integrationId: row.integration_id,
    remoteId: row.remote_id,
    phase: row.phase,
  };
}

/** The link to Genesys Cloud in the SQLite store. */
export function linkMethods(connection: Connection, { read, write, now }: Access): LinkStore {
  return {
    recordLinkedMessage: (record) => write(() => insertMessage(connection, record)),
    findLinkedMessage: (messageId) =>
      read(() => {
        const row = connection.get<MessageRow>(
          "SELECT * FROM linked_messages WHERE message_id = ?",
          messageId,
        );
        return row && messageFromRow(row);
      }),
    linkConversation: (conversation, checkInMs) =>
      write(() => upsertConversation(connection, conversation, now() + checkInMs)),
    findLinkedConversation: (contactId) =>
      read(() => {
        const row = connection.get<ConversationRow>(
          "SELECT * FROM linked_conversations WHERE contact_id = ?",
          contactId,
        );
        return row && conversationFromRow(row);
      }),
    claimConversationChecks: (request) => write(() => claimChecks(connection, request, now())),
    settleConversationCheck: ({ contactId, remoteId }, seen) =>
      write(() => {
        connection.run(
          `UPDATE linked_conversations SET phase = ifnull(?, phase), due_at = ifnull(?, due_at)
           WHERE contact_id = ? AND remote_id = ?`,
          "phase" in seen ? seen.phase : null,
          "phase" in seen ? null : now() + seen.nextInMs,
          contactId,
          remoteId,
        );
      }),
    forgetLinkedConversation: (contactId) =>
      write(() => {
        connection.run("DELETE FROM linked_conversations WHERE contact_id = ?", contactId);
      }),
  };
}

function insertMessage(connection: Connection, record: LinkedMessageRecord): void {
  connection.run(
    `INSERT INTO linked_messages (message_id, contact_id, integration_id, remote_id, role, part, parts, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    record.messageId,
    record.contactId,
    record.integrationId,
    record.remoteId,
    record.role,
    record.part,
    record.parts,
    record.createdAt,
  );
}

function upsertConversation(
  connection: Connection,
  { contactId, integrationId, remoteId }: Omit<LinkedConversationRecord, "phase">,
  dueAt: number,
): void {
  connection.run(
    `INSERT INTO linked_conversations (contact_id, integration_id, remote_id, phase, due_at)
     VALUES (?, ?, ?, 'open', ?)
     ON CONFLICT (contact_id) DO UPDATE SET
       due_at = CASE WHEN remote_id = excluded.remote_id AND phase = 'open'
                     THEN min(due_at, excluded.due_at) ELSE excluded.due_at END,
       integration_id = excluded.integration_id, remote_id = excluded.remote_id, phase = 'open'`,
    contactId,
    integrationId,
    remoteId,
    dueAt,
  );
}

function claimChecks(
  connection: Connection,
  { limit, leaseMs }: { limit: number; leaseMs: number },
  now: number,
): ConversationChecks {
  const rows = connection.all<ConversationRow>(
    "SELECT * FROM linked_conversations WHERE phase = 'open' AND due_at <= ? ORDER BY due_at LIMIT ?",
    now,
    limit,
  );
  const conversations = rows.map(conversationFromRow);
  for (const { contactId } of conversations) {
    connection.run(
      "UPDATE linked_conversations SET due_at = ? WHERE contact_id = ?",
      now + leaseMs,
      contactId,
    );
  }
  const next = connection.get<{ dueAt: number | null }>(
    "SELECT min(due_at) AS dueAt FROM linked_conversations WHERE phase = 'open'",
  );
  const nextInMs = next?.dueAt === null || !next ? undefined : Math.max(0, next.dueAt - now);
  return { conversations, nextInMs };
}
