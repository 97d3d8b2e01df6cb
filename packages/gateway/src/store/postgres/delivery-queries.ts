import type { Channel } from "@quickcard/content";
import type { Claim, ClaimRequest, Claims, Pace, PaceReport, Settlement } from "../store.ts";
import type { Database } from "./database.ts";
import { type ContactRow, contactFromRow, type OutboundRow, outboundFromRow } from "./rows.ts";
import { storableText } from "./storable-text.ts";

/** A row of `claim_lanes`, its lane taken apart; without work where nothing was claimed. */
type ClaimRow = { next_in_ms: number | null } & (
  | { work: null }
  | (OutboundRow &
      Omit<ContactRow, "id" | "created_at" | "seq"> & {
        work: Claim["work"];
        epoch: number;
        attempt: number;
        searches: number;
        ambiguous_for_ms: number;
        contact_created_at: number;
      })
);

export async function claim(
  database: Database,
  request: ClaimRequest,
  clockOffsetMs: number,
): Promise<Claims> {
  const rows = await database.query<ClaimRow>(
    "SELECT next_in_ms, (lane).* FROM quickcard.claim_lanes($1, $2, $3, $4, $5, $6)",
    request.channel,
    request.limit,
    request.leaseMs,
    request.pace?.allowed ?? null,
    request.pace?.windowMs ?? null,
    clockOffsetMs,
  );
  return {
    claims: rows.flatMap((row) => (row.work === null ? [] : claimFromRow(row))),
    nextInMs: rows[0]?.next_in_ms ?? undefined,
  };
}

/** Up to which share of a pace's window a grant may be late without harm. */
const lateGrantTolerance = 0.01;

/**
 * Lets the permits of a claim count from now on, where it was long on its way. Called without waiting for it, as soon as
 * the claim has come: a wait would only make its requests later still.
 */
export async function postponeLateGrant(
  database: Database,
  { channel, pace }: ClaimRequest,
  { claims }: Claims,
  clockOffsetMs: number,
): Promise<void> {
  const sent = claims.find(({ work }) => work === "send");
  if (!pace || !sent) return;
  await database.query(
    "SELECT quickcard.postpone_grant($1, $2, $3, $4, $5)",
    channel,
    sent.message.id,
    sent.attempt,
    Math.ceil(pace.windowMs * lateGrantTolerance),
    clockOffsetMs,
  );
}

function claimFromRow(row: ClaimRow & { work: Claim["work"] }): Claim {
  const { contact_id: id, contact_created_at: created_at } = row;
  return {
    contact: contactFromRow({ ...row, id, created_at }),
    message: outboundFromRow(row),
    epoch: row.epoch,
    work: row.work,
    attempt: row.attempt,
    searches: row.searches,
    ambiguousForMs: row.ambiguous_for_ms,
  };
}

/** Takes reports in one transaction, and says of each whether its claim held. */
export async function settle(
  database: Database,
  settlements: readonly Settlement[],
  clockOffsetMs: number,
): Promise<boolean[]> {
  const rows = await database.query<{ n: number }>(
    "SELECT n FROM quickcard.settle_lanes($1, $2) AS n",
    JSON.stringify(settlements.map(settlementToRow)),
    clockOffsetMs,
  );
  const taken = new Set(rows.map(({ n }) => n));
  return settlements.map((_, n) => taken.has(n));
}

function settlementToRow({ claim, decision, outcome }: Settlement, n: number) {
  const reason = "reason" in decision ? storableText(decision.reason) : undefined;
  const channelMessageId = decision.status === "sent" ? decision.channelMessageId : undefined;
  return {
    n,
    contact_id: claim.contact.id,
    epoch: claim.epoch,
    is_search: claim.work === "search",
    status: decision.status,
    reason,
    channel_message_id: channelMessageId === undefined ? undefined : storableText(channelMessageId),
    after_ms: "afterMs" in decision ? Math.ceil(decision.afterMs ?? 0) : undefined,
    outcome: outcome?.kind ?? "ambiguous",
    outcome_reason: outcome?.reason === undefined ? reason : storableText(outcome.reason),
  };
}

export async function reportPace(
  database: Database,
  channel: Channel,
  pace: Pace | undefined,
  { pauseMs, quota }: PaceReport,
  clockOffsetMs: number,
): Promise<void> {
  await database.query(
    "SELECT quickcard.report_pace($1, $2, $3, $4, $5, $6, $7, $8)",
    channel,
    pace?.allowed ?? null,
    pace?.windowMs ?? null,
    pauseMs === undefined ? null : Math.ceil(pauseMs),
    quota?.count ?? null,
    quota?.allowed ?? null,
    quota ? Math.ceil(quota.resetMs) : null,
    clockOffsetMs,
  );
}
