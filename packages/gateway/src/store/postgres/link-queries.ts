import type { LinkedConversationRecord, LinkedMessageRecord, LinkStore } from "../link-store.ts";
import type { Database } from "./database.ts";

const messageColumns = `message_id AS "messageId", contact_id AS "contactId", integration_id AS "integrationId",
  remote_id AS "remoteId", role, part, parts, created_at AS "createdAt"`;
const conversationColumns = `contact_id AS "contactId", integration_id AS "integrationId", remote_id AS "remoteId", phase`;
const table = "quickcard.linked_conversations";

/** The link to Genesys Cloud in the PostgreSQL store. `offset` is how far the store's clock is ahead of the database's. */
export function linkMethods(database: Database, offset: () => number): LinkStore {
  return {
    async recordLinkedMessage(record) {
      await database.query(
        `INSERT INTO quickcard.linked_messages
           (message_id, contact_id, integration_id, remote_id, role, part, parts, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        record.messageId,
        record.contactId,
        record.integrationId,
        record.remoteId,
        record.role,
        record.part,
        record.parts,
        record.createdAt,
      );
    },
    async findLinkedMessage(messageId) {
      const [row] = await database.query<LinkedMessageRecord>(
        `SELECT ${messageColumns} FROM quickcard.linked_messages WHERE message_id = $1`,
        messageId,
      );
      return row;
    },
    async linkConversation({ contactId, integrationId, remoteId }, checkInMs) {
      await database.query(
        `INSERT INTO ${table} AS kept (contact_id, integration_id, remote_id, phase, due_at)
         VALUES ($1, $2, $3, 'open', quickcard.store_now($5) + $4)
         ON CONFLICT (contact_id) DO UPDATE SET
           due_at = CASE WHEN kept.remote_id = excluded.remote_id AND kept.phase = 'open'
                         THEN least(kept.due_at, excluded.due_at) ELSE excluded.due_at END,
           integration_id = excluded.integration_id, remote_id = excluded.remote_id, phase = 'open'`,
        contactId,
        integrationId,
        remoteId,
        checkInMs,
        offset(),
      );
    },
    async findLinkedConversation(contactId) {
      const [row] = await database.query<LinkedConversationRecord>(
        `SELECT ${conversationColumns} FROM ${table} WHERE contact_id = $1`,
        contactId,
      );
      return row;
    },
    async claimConversationChecks({ limit, leaseMs }) {
      const conversations = await database.query<LinkedConversationRecord>(
        `UPDATE ${table} SET due_at = quickcard.store_now($3) + $2 WHERE contact_id IN (
           SELECT contact_id FROM ${table} WHERE phase = 'open' AND due_at <= quickcard.store_now($3)
           ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING ${conversationColumns}`,
        limit,
        leaseMs,
        offset(),
      );
      const [next] = await database.query<{ next: number | null }>(
        `SELECT min(due_at) - quickcard.store_now($1) AS next FROM ${table} WHERE phase = 'open'`,
        offset(),
      );
      return { conversations, nextInMs: typeof next?.next === "number" ? Math.max(0, next.next) : undefined };
    },
    async settleConversationCheck({ contactId, remoteId }, seen) {
      await database.query(
        `UPDATE ${table} SET phase = coalesce($3, phase), due_at = coalesce(quickcard.store_now($5) + $4::bigint, due_at)
         WHERE contact_id = $1 AND remote_id = $2`,
        contactId,
        remoteId,
        "phase" in seen ? seen.phase : null,
        "phase" in seen ? null : seen.nextInMs,
        offset(),
      );
    },
    async forgetLinkedConversation(contactId) {
      await database.query(`DELETE FROM ${table} WHERE contact_id = $1`, contactId);
    },
  };
}
