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
import type { Database } from "./database.ts";
import { isDuplicate } from "./database-errors.ts";
import { keyId } from "./key-id.ts";
import { type ContactRow, contactFromRow } from "./rows.ts";

export async function insertContact(
  database: Database,
  contact: ContactRecord,
  claim: IdempotencyClaim | undefined,
  clockOffsetMs: number,
): Promise<Accepted<ContactRecord> | AddressTaken> {
  const rows = await database
    .query<{ kind: Accepted<unknown>["kind"]; record: string | null }>(
      "SELECT * FROM quickcard.insert_contact($1, $2, $3)",
      JSON.stringify(contactToRow(contact)),
      claim ? JSON.stringify(claimToRow(claim, contact)) : null,
      clockOffsetMs,
    )
    .catch((error: unknown) => {
      if (isDuplicate(error, "contacts_by_address")) return undefined;
      throw error;
    });
  if (!rows) {
    const record = await findContactByAddress(database, contact.channel, contact.address ?? "");
    // It may be gone again by now.
    return record
      ? { kind: "address-taken", record }
      : insertContact(database, contact, claim, clockOffsetMs);
  }
  const [row] = rows;
  if (row?.kind === "mismatch") return { kind: "mismatch" };
  if (row?.kind === "repeated" && row.record !== null) {
    return { kind: "repeated", record: JSON.parse(row.record) as ContactRecord };
  }
  return { kind: "created", record: contact };
}

function contactToRow(contact: ContactRecord): Partial<ContactRow> {
  return {
    id: contact.id,
    conversation_id: contact.conversationId,
    state: contact.state,
    channel: contact.channel,
    address: contact.address ?? null,
    display_name: contact.displayName ?? null,
    attributes: contact.attributes ? JSON.stringify(contact.attributes) : null,
    chat_token: contact.chatToken,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    last_inbound_at: contact.lastInboundAt ?? null,
    closed_at: contact.closedAt ?? null,
  };
}

function claimToRow(claim: IdempotencyClaim, contact: ContactRecord) {
  const { fingerprint, expiresAt } = claim;
  return { id: keyId(claim), fingerprint, record: JSON.stringify(contact), expires_at: expiresAt };
}

export async function findContactByAddress(
  database: Database,
  channel: Channel,
  address: string,
): Promise<ContactRecord | undefined> {
  const [row] = await database.query<ContactRow>(
    "SELECT * FROM quickcard.contacts WHERE channel = $1 AND address = $2 AND channel <> 'web'",
    channel,
    address,
  );
  return row && contactFromRow(row);
}

export type UniqueColumn = "id" | "conversation_id" | "chat_token";

/** The contacts with these values, in their order. */
export async function findContacts(
  database: Database,
  column: UniqueColumn,
  values: readonly string[],
): Promise<(ContactRecord | undefined)[]> {
  const rows = await database.query<ContactRow>(
    `SELECT * FROM quickcard.contacts WHERE ${column} = ANY ($1)`,
    [...new Set(values)],
  );
  const found = new Map(rows.map((row) => [row[column], row]));
  return values.map((value) => {
    const row = found.get(value);
    return row && contactFromRow(row);
  });
}

export async function listContacts(database: Database, filter: ContactFilter): Promise<StoredContact[]> {
  const rows = await database.query<ContactRow>(
    `SELECT * FROM quickcard.contacts
     WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR channel = $2) AND seq < $3
     ORDER BY seq DESC LIMIT $4`,
    filter.state ?? null,
    filter.channel ?? null,
    filter.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    filter.limit,
  );
  return rows.map((row) => ({ ...contactFromRow(row), seq: row.seq }));
}

export async function updateContact(
  database: Database,
  id: string,
  update: ContactUpdate,
  now: number,
  clockOffsetMs: number,
): Promise<ContactRecord | undefined> {
  const [row] = await database.query<ContactRow>(
    "SELECT * FROM quickcard.update_contact($1, $2, $3, $4, $5, $6)",
    id,
    update.state ?? null,
    update.displayName ?? null,
    update.attributes ? JSON.stringify(update.attributes) : null,
    now,
    clockOffsetMs,
  );
  return row && contactFromRow(row);
}

export async function deleteContact(database: Database, id: string, clockOffsetMs: number): Promise<boolean> {
  const [row] = await database.query<{ deleted: boolean }>(
    "SELECT quickcard.delete_contact($1, $2) AS deleted",
    id,
    clockOffsetMs,
  );
  return row?.deleted === true;
}

export async function queryConversations(
  database: Database,
  filter: ConversationFilter,
): Promise<{ total: number; conversations: ConversationSummary[] }> {
  const where = `created_at < $1 AND (closed_at IS NULL OR closed_at >= $2)
    AND ($3::text[] IS NULL OR conversation_id = ANY ($3))`;
  const parameters = [filter.to, filter.from, filter.conversationIds ?? null];
  const direction = filter.order === "asc" ? "ASC" : "DESC";
  const [total] = await database.query<{ n: number }>(
    `SELECT count(*) AS n FROM quickcard.contacts WHERE ${where}`,
    ...parameters,
  );
  const rows = await database.query<ContactRow & { outbound: number; inbound: number }>(
    `SELECT c.*, (SELECT count(*) FROM quickcard.messages m
                  WHERE m.contact_id = c.id AND m.direction = 'outbound') AS outbound,
                 (SELECT count(*) FROM quickcard.messages m
                  WHERE m.contact_id = c.id AND m.direction = 'inbound') AS inbound
     FROM (SELECT * FROM quickcard.contacts WHERE ${where}
           ORDER BY created_at ${direction}, seq ${direction} LIMIT $4 OFFSET $5) AS c
     ORDER BY c.created_at ${direction}, c.seq ${direction}`,
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
