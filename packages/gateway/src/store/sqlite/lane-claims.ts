import { expiredReason, workFor } from "../../delivery/message-state.ts";
import type { ContactRecord, OutboundRecord } from "../records.ts";
import type { Claim, ClaimRequest, Claims } from "../store.ts";
import { beginAttempts } from "./attempt-table.ts";
import type { Connection } from "./connection.ts";
import { findContacts } from "./contact-tables.ts";
import { goOn, nextDueAt, waitingSql } from "./lane-table.ts";
import { type MessageRow, messageColumns, outboundFromRow } from "./message-row.ts";
import { availablePermits, spendPermits } from "./pace-tables.ts";
import { type StatusChange, setStatuses } from "./status-table.ts";

/** `?2` is now. */
const isReady = "send_at IS NULL OR send_at <= ?2";

/** Lanes that are due, each with its head: the message it is at, or the one whose turn it is. */
const dueLanesSql = `
  SELECT contact_seq, epoch, searches, ambiguous_since,
         ifnull(head_seq, (SELECT seq FROM (${waitingSql("ofRow", isReady)} LIMIT 1))) AS head_seq
  FROM lanes INDEXED BY lanes_due
  WHERE channel = ?1 AND due_at IS NOT NULL AND due_at <= ?2 ORDER BY due_at, contact_seq LIMIT ?3`;

interface LaneRow {
  contact_seq: number;
  epoch: number;
  searches: number;
  ambiguous_since: number | null;
  head_seq: number | null;
}

/** The message at the head of a lane. */
interface Head {
  record: OutboundRecord;
  seq: number;
  attempts: number;
}

export function claimLanes(connection: Connection, request: ClaimRequest, now: number): Claims {
  const { channel, limit, leaseMs, pace } = request;
  const { permits, nextInMs } = availablePermits(connection, channel, pace, now);
  if (permits === 0) {
    return { claims: [], nextInMs: nextDueAt(connection, channel) === undefined ? undefined : nextInMs };
  }
  const claims = takeLanes(connection, { channel, limit: Math.min(limit, permits), leaseMs }, now);
  if (pace) {
    spendPermits(connection, channel, claims.filter(({ work }) => work !== "recover").length, now);
  }
  const dueAt = nextDueAt(connection, channel);
  return { claims, nextInMs: dueAt === undefined ? undefined : Math.max(0, dueAt - now) };
}

function takeLanes(connection: Connection, request: ClaimRequest, now: number): Claim[] {
  const claims: Claim[] = [];
  while (claims.length < request.limit) {
    const asked = request.limit - claims.length;
    const lanes = connection.all<LaneRow>(dueLanesSql, request.channel, now, asked);
    const heads = readHeads(connection, lanes, now);
    claims.push(...begin(connection, lanes, heads, now, now + request.leaseMs));
    const idle = lanes.filter(({ contact_seq }) => !heads.has(contact_seq));
    goOn(
      connection,
      idle.map(({ contact_seq }) => [contact_seq, 0]),
      now,
    );
    if (lanes.length < asked) break;
  }
  return claims;
}

/** The heads of lanes, by contact; those whose time has run out are expired on the way. */
function readHeads(connection: Connection, lanes: LaneRow[], now: number): Map<number, Head> {
  const heads = findHeads(
    connection,
    lanes.map(({ head_seq }) => head_seq),
  );
  const byContact = new Map<number, Head>();
  for (const { contact_seq, head_seq } of lanes) {
    let head = head_seq === null ? undefined : heads.get(head_seq);
    if (head && isExpired(head.record, now)) {
      const next = expireTurn(connection, contact_seq, head.seq, now);
      head = next === undefined ? undefined : findHeads(connection, [next]).get(next);
    }
    if (head) byContact.set(contact_seq, head);
  }
  return byContact;
}

function findHeads(connection: Connection, seqs: (number | null)[]): Map<number, Head> {
  const rows = connection.all<MessageRow & { attempts: number }>(
    `SELECT ${messageColumns}, (SELECT count(*) FROM attempts WHERE message_seq = m.seq) AS attempts
     FROM json_each(?) CROSS JOIN messages m ON m.seq = value CROSS JOIN contacts c ON c.seq = m.contact_seq`,
    JSON.stringify(seqs),
  );
  return new Map(
    rows.map((row) => [row.seq, { record: outboundFromRow(row), seq: row.seq, attempts: row.attempts }]),
  );
}

function isExpired({ status, expiresAt }: OutboundRecord, now: number): boolean {
  return (status === "queued" || status === "retry_wait") && expiresAt <= now;
}

const nextAliveSql = `${waitingSql("ofParameter", `(${isReady}) AND expires_at > ?2`)} LIMIT 1`;

const overtakenSql = `SELECT seq FROM (${waitingSql(
  "ofParameter",
  `(${isReady}) AND seq <> ?3 AND (?4 IS NULL OR (position, seq) < (?4, ?5))`,
  "ifnull(?4, 9e18)",
)})`;

/** Expires the head of a lane and what lies behind it up to the first message that still has time, which it finds. */
function expireTurn(
  connection: Connection,
  contactSeq: number,
  headSeq: number,
  now: number,
): number | undefined {
  const next = connection.get<{ seq: number; position: number }>(nextAliveSql, contactSeq, now);
  const passed = connection.all<{ seq: number }>(
    overtakenSql,
    contactSeq,
    now,
    headSeq,
    next?.position ?? null,
    next?.seq ?? null,
  );
  const expired = [headSeq, ...passed.map(({ seq }) => seq)];
  setStatuses(
    connection,
    expired.map((seq) => ({ seq, status: "expired", reason: expiredReason })),
    now,
  );
  return next?.seq;
}

/** Takes the lanes that have a head, and begins the work on each. */
function begin(
  connection: Connection,
  lanes: LaneRow[],
  heads: Map<number, Head>,
  now: number,
  leaseEnd: number,
): Claim[] {
  const contacts = findContacts(
    connection,
    lanes.map(({ contact_seq }) => contact_seq),
  );
  const taken = lanes.flatMap((lane) => {
    const head = heads.get(lane.contact_seq);
    const contact = contacts.get(lane.contact_seq);
    return head && contact ? [{ lane, seq: head.seq, ...toClaim(lane, head, contact, now) }] : [];
  });
  if (taken.length === 0) return [];
  connection.run(
    `UPDATE lanes SET
       head_seq = m.seq, searches = value ->> 2, epoch = epoch + 1, is_leased = 1, due_at = ?2,
       passed_seq = CASE WHEN m.send_at IS NULL AND m.position = m.seq THEN max(passed_seq, m.seq) ELSE passed_seq END
     FROM json_each(?1) JOIN messages m ON m.seq = value ->> 1 WHERE lanes.contact_seq = value ->> 0`,
    JSON.stringify(taken.map(({ lane, seq, claim }) => [lane.contact_seq, seq, claim.searches])),
    leaseEnd,
  );
  const changes = taken.flatMap(({ change }) => change ?? []);
  setStatuses(connection, changes, now);
  const begun = changes.filter(({ status }) => status === "sending");
  if (begun.length > 0)
    beginAttempts(
      connection,
      begun.map(({ seq }) => seq),
      now,
    );
  return taken.map(({ claim }) => claim);
}

function toClaim(
  lane: LaneRow,
  { record, seq, attempts }: Head,
  contact: ContactRecord,
  now: number,
): { claim: Claim; change: StatusChange | undefined } {
  const work = workFor(record.status);
  const status = { send: "sending", search: "reconciling", recover: "sending" } as const;
  // A search whose process died is taken up as it is.
  const change = record.status === status[work] ? undefined : { seq, status: status[work] };
  const { reason: _, ...rest } = record;
  const claim: Claim = {
    contact,
    message: change ? { ...rest, status: change.status } : record,
    epoch: lane.epoch + 1,
    work,
    attempt: attempts + (work === "send" ? 1 : 0),
    searches: lane.searches + (work === "search" ? 1 : 0),
    ambiguousForMs: lane.ambiguous_since === null ? 0 : now - lane.ambiguous_since,
  };
  return { claim, change };
}
