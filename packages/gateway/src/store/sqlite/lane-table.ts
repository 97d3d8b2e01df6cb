import type { Connection } from "./connection.ts";

/** Puts a message that waits into its contact's lane, which is made where there is none. */
export function enqueue(
  connection: Connection,
  contactSeq: number,
  sendAt: number | undefined,
  now: number,
): void {
  connection.run(
    `INSERT INTO lanes (contact_seq, channel, due_at)
     SELECT seq, channel, max(?2, ?3) FROM contacts WHERE seq = ?1
     ON CONFLICT (contact_seq) DO UPDATE SET due_at = CASE
       WHEN head_seq IS NOT NULL OR is_leased THEN due_at
       ELSE min(ifnull(due_at, 9e15), max(excluded.due_at, rests_until)) END`,
    contactSeq,
    sendAt ?? 0,
    now,
  );
  connection.markChanged("messages");
}

/** Whose waiting messages are asked for, as SQL: of a row of `lanes`, or of the contact `?1`. */
const lanes = {
  ofRow: { contact: "lanes.contact_seq", passed: "lanes.passed_seq" },
  ofParameter: { contact: "?1", passed: "(SELECT passed_seq FROM lanes WHERE contact_seq = ?1)" },
} as const;

/**
 * The messages of a lane that wait, and that `condition` holds for, in their order: `position`, `seq`. Nearly all come in
 * the order of the conversation, and what lies behind the lane is not looked at; an index has the few others. Nothing
 * behind the position `upTo` is looked at either.
 */
export function waitingSql(lane: keyof typeof lanes, condition: string, upTo = "9e18"): string {
  const { contact, passed } = lanes[lane];
  return `
    SELECT seq AS position, seq FROM messages INDEXED BY messages_by_contact
    WHERE contact_seq = ${contact} AND seq > ${passed} AND seq <= ${upTo}
      AND status = 'queued' AND send_at IS NULL AND position = seq AND (${condition})
    UNION ALL
    SELECT position, seq FROM messages INDEXED BY messages_out_of_turn
    WHERE contact_seq = ${contact} AND position <= ${upTo}
      AND status = 'queued' AND (send_at IS NOT NULL OR position <> seq) AND (${condition})
    ORDER BY position, seq`;
}

/** Lets lanes go on to what waits, each after the rest it is to have: `[contactSeq, restsUntil]`. `?1` is now. */
const goOnSql = `
  UPDATE lanes SET
    head_seq = NULL, is_leased = 0, searches = 0, ambiguous_since = NULL,
    rests_until = max(rests_until, value ->> 1),
    due_at = CASE
      WHEN EXISTS (SELECT 1 FROM (${waitingSql("ofRow", "send_at IS NULL OR send_at <= ?1")} LIMIT 1))
        THEN max(?1, rests_until, value ->> 1)
      ELSE (SELECT max(min(send_at), rests_until, value ->> 1) FROM messages INDEXED BY messages_out_of_turn
            WHERE contact_seq = lanes.contact_seq AND status = 'queued' AND (send_at IS NOT NULL OR position <> seq)
              AND send_at > ?1)
    END
  FROM json_each(?2) WHERE contact_seq = value ->> 0`;

/** Lets lanes go on to the next message: what was at their heads is finished. */
export function goOn(
  connection: Connection,
  lanes: [contactSeq: number, restsUntil: number][],
  now: number,
): void {
  if (lanes.length > 0) connection.run(goOnSql, now, JSON.stringify(lanes));
}

/** Lets the lane go on where this message was at its head, whoever works on it. */
export function leaveLane(
  connection: Connection,
  message: { contactSeq: number; seq: number },
  now: number,
): void {
  const left = connection.run(
    "UPDATE lanes SET epoch = epoch + 1 WHERE contact_seq = ? AND head_seq = ?",
    message.contactSeq,
    message.seq,
  );
  if (left === 0) return;
  goOn(connection, [[message.contactSeq, 0]], now);
  connection.markChanged("messages");
}

/** When a lane of the channel is next due; `undefined` where nothing waits. */
export function nextDueAt(connection: Connection, channel: string): number | undefined {
  return connection.get<{ due_at: number }>(
    "SELECT due_at FROM lanes INDEXED BY lanes_due WHERE channel = ? AND due_at IS NOT NULL ORDER BY due_at LIMIT 1",
    channel,
  )?.due_at;
}

/** Ends all leases now: those who held them are known to be dead. */
export function endLeases(connection: Connection, now: number): void {
  connection.run("UPDATE lanes SET due_at = ? WHERE is_leased", now);
}
