import type { RenderingRecord } from "../channel-records.ts";
import type { InboundRecord, OutboundRecord } from "../records.ts";
import type { Accepted, IdempotencyClaim, NotAccepted, TooLate } from "../store.ts";
import type { Database } from "./database.ts";
import { keyId } from "./key-id.ts";

/** A message to take, with the key of its request. */
export interface NewMessage {
  message: Omit<OutboundRecord, "conversationId">;
  claim?: IdempotencyClaim | undefined;
  rendering?: RenderingRecord | undefined;
}

type NewInbound = Omit<InboundRecord, "conversationId">;
type InboundAnswer = Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted;

interface AnswerRow {
  n: number;
  kind: (Accepted<unknown> | NotAccepted)["kind"];
  conversation_id: string;
}

export function keyOfMessage({ claim }: NewMessage): string | undefined {
  return claim && keyId(claim);
}

/** Takes messages in one transaction. No two of them have the same key. */
export async function acceptMessages(
  database: Database,
  requests: readonly NewMessage[],
  clockOffsetMs: number,
): Promise<(Accepted<OutboundRecord> | NotAccepted | TooLate)[]> {
  type Row = Omit<AnswerRow, "kind"> & { kind: AnswerRow["kind"] | TooLate["kind"] } & {
    record: string;
    content: string | null;
    metadata: string | null;
  };
  const rows = await database.query<Row>(
    `SELECT * FROM quickcard.${requests.some(({ rendering }) => rendering) ? "accept_rendered_messages" : "accept_messages"}($1, $2)`,
    JSON.stringify(requests.map(messageToRow)),
    clockOffsetMs,
  );
  const answers = new Map(rows.map((row) => [row.n, row]));
  return requests.map(({ message }, n) => {
    const row = answers.get(n);
    if (!row) throw new Error("a message was not answered");
    const { kind, conversation_id: conversationId } = row;
    if (kind === "created") return { kind, record: { ...message, conversationId } };
    return kind === "repeated" ? { kind, record: firstAnswer(row, message) } : { kind };
  });
}

function messageToRow({ message, claim, rendering }: NewMessage, n: number) {
  return {
    n,
    id: message.id,
    contact_id: message.contactId,
    content: JSON.stringify(message.content),
    metadata: message.metadata ? JSON.stringify(message.metadata) : null,
    mode: message.mode,
    send_at: message.sendAt ?? null,
    expires_at: message.expiresAt,
    created_at: message.createdAt,
    ...(rendering ? { rendering: JSON.stringify(rendering), parts: rendering.parts.length } : {}),
    ...(claim ? { ...claimToRow(claim), record: JSON.stringify(withoutBody(message)) } : {}),
  };
}

function claimToRow(claim: IdempotencyClaim) {
  return { key: keyId(claim), fingerprint: claim.fingerprint, key_expires_at: claim.expiresAt };
}

/** What of a first answer is kept with the key: the body is in its own table. */
function withoutBody({ content: _, metadata: __, ...rest }: NewMessage["message"]) {
  return rest;
}

/** The first answer again. Of a message that has been removed the repeated request brings the body: it is the same. */
function firstAnswer(
  row: { record: string; conversation_id: string; content: string | null; metadata: string | null },
  repeated: NewMessage["message"],
): OutboundRecord {
  const rest = JSON.parse(row.record) as ReturnType<typeof withoutBody>;
  const { content, metadata } =
    row.content === null
      ? repeated
      : {
          content: JSON.parse(row.content),
          metadata: row.metadata === null ? undefined : JSON.parse(row.metadata),
        };
  return { ...rest, content, ...(metadata ? { metadata } : {}), conversationId: row.conversation_id };
}

/** The same message from a customer's page comes with the same id. */
export function keyOfInbound({ contactId, clientMessageId }: NewInbound): string | undefined {
  return clientMessageId === undefined ? undefined : JSON.stringify([contactId, clientMessageId]);
}

/** Keeps what customers sent in one transaction. No two of a contact have the same client message id. */
export async function acceptInbound(
  database: Database,
  messages: readonly NewInbound[],
  clockOffsetMs: number,
): Promise<InboundAnswer[]> {
  const rows = await database.query<InboundRow>(
    "SELECT * FROM quickcard.accept_inbound($1, $2)",
    JSON.stringify(messages.map(inboundToRow)),
    clockOffsetMs,
  );
  const answers = new Map(rows.map((row) => [row.n, row]));
  return messages.map((message, n) => inboundAnswer(message, answers.get(n)));
}

/** Keeps what one customer sent, with the bytes that it brings, in one transaction. */
export async function acceptInboundMedia(
  database: Database,
  { message, media }: { message: NewInbound; media: Uint8Array },
  clockOffsetMs: number,
): Promise<InboundAnswer> {
  const [row] = await database.query<InboundRow>(
    "SELECT * FROM quickcard.accept_inbound_media($1, $2, $3)",
    JSON.stringify([inboundToRow(message, 0)]),
    media,
    clockOffsetMs,
  );
  return inboundAnswer(message, row);
}

type InboundRow = AnswerRow & { id: string; content: string; created_at: number };

function inboundAnswer(message: NewInbound, row: InboundRow | undefined): InboundAnswer {
  if (!row || row.kind === "mismatch") throw new Error("a message was not answered");
  const { kind, conversation_id: conversationId } = row;
  if (kind === "created") return { kind, record: { ...message, conversationId } };
  if (kind !== "repeated") return { kind };
  const content = JSON.parse(row.content) as InboundRecord["content"];
  return { kind, record: { ...message, conversationId, id: row.id, content, createdAt: row.created_at } };
}

function inboundToRow(message: NewInbound, n: number) {
  return {
    n,
    id: message.id,
    contact_id: message.contactId,
    content: JSON.stringify(message.content),
    client_message_id: message.clientMessageId ?? null,
    created_at: message.createdAt,
  };
}
