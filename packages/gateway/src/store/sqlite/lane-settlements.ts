import type { Settlement } from "../store.ts";
import { type AttemptEnd, endAttempts } from "./attempt-table.ts";
import type { Connection } from "./connection.ts";
import { goOn } from "./lane-table.ts";
import { setStatuses } from "./status-table.ts";

/** A settlement whose claim holds. */
interface Held {
  settlement: Settlement;
  contactSeq: number;
  messageSeq: number;
}

/** Takes workers' reports, and says of each whether its claim held. */
export function settleLanes(connection: Connection, settlements: Settlement[], now: number): boolean[] {
  const held = findHeld(connection, settlements);
  const all = [...held.values()];
  endAttempts(
    connection,
    all.flatMap((each) => attemptEnd(each, now)),
    now,
  );
  setStatuses(
    connection,
    all.map(({ messageSeq, settlement: { decision } }) => ({
      seq: messageSeq,
      status: decision.status,
      reason: "reason" in decision ? decision.reason : undefined,
      channelMessageId: "channelMessageId" in decision ? decision.channelMessageId : undefined,
    })),
    now,
  );
  goOn(
    connection,
    all.flatMap((each) => lanesThatGoOn(each, now)),
    now,
  );
  stay(
    connection,
    all.flatMap((each) => lanesThatStay(each, now)),
    now,
  );
  return settlements.map((_, place) => held.has(place));
}

/** Those whose claims hold, by their place in the list; of two reports of one claim the first. */
function findHeld(connection: Connection, settlements: Settlement[]): Map<number, Held> {
  const rows = connection.all<{ place: number; contactSeq: number; messageSeq: number }>(
    `SELECT key AS place, l.contact_seq AS contactSeq, l.head_seq AS messageSeq
     FROM json_each(?) CROSS JOIN contacts c ON c.id = value ->> 0 CROSS JOIN lanes l ON l.contact_seq = c.seq
     WHERE l.is_leased AND l.epoch = value ->> 1`,
    JSON.stringify(settlements.map(({ claim }) => [claim.contact.id, claim.epoch])),
  );
  const held = new Map<number, Held>();
  const lanes = new Set<number>();
  for (const { place, ...lane } of rows) {
    const settlement = settlements[place];
    if (!settlement || lanes.has(lane.contactSeq)) continue;
    lanes.add(lane.contactSeq);
    held.set(place, { settlement, ...lane });
  }
  return held;
}

function attemptEnd({ settlement, messageSeq }: Held, now: number): AttemptEnd[] {
  const { claim, decision, outcome } = settlement;
  if (claim.work === "search") return [];
  const reason = outcome?.reason ?? ("reason" in decision ? decision.reason : undefined);
  const nextAt = waits(decision) ? now + decision.afterMs : undefined;
  return [{ messageSeq, outcome: outcome?.kind ?? "ambiguous", reason, nextAt }];
}

type Decision = Settlement["decision"];

function waits(decision: Decision): decision is Extract<Decision, { status: "retry_wait" | "ambiguous" }> {
  return decision.status === "retry_wait" || decision.status === "ambiguous";
}

function lanesThatGoOn({ settlement: { decision }, contactSeq }: Held, now: number): [number, number][] {
  if (waits(decision)) return [];
  const restMs = decision.status === "sent" ? (decision.afterMs ?? 0) : 0;
  return [[contactSeq, restMs > 0 ? now + restMs : 0]];
}

function lanesThatStay(
  { settlement: { decision }, contactSeq }: Held,
  now: number,
): [number, number, number][] {
  if (!waits(decision)) return [];
  return [[contactSeq, now + decision.afterMs, decision.status === "ambiguous" ? 1 : 0]];
}

/** Lets lanes stay at their heads until these are taken up again: `[contactSeq, dueAt, isAmbiguous]`. */
function stay(connection: Connection, lanes: [number, number, number][], now: number): void {
  if (lanes.length === 0) return;
  connection.run(
    `UPDATE lanes SET
       is_leased = 0,
       due_at = value ->> 1,
       searches = CASE WHEN value ->> 2 THEN searches ELSE 0 END,
       ambiguous_since = CASE WHEN value ->> 2 THEN ifnull(ambiguous_since, ?2) END
     FROM json_each(?1) WHERE contact_seq = value ->> 0`,
    JSON.stringify(lanes),
    now,
  );
}
