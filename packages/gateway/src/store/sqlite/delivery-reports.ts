import { beforeReceipt, mayTurnOutApplied } from "../../delivery/message-state.ts";
import { endAttempts } from "./attempt-table.ts";
import type { Connection } from "./connection.ts";
import { leaveLane } from "./lane-table.ts";
import { findOutbound, type OutboundRow } from "./message-tables.ts";
import { setStatuses } from "./status-table.ts";

/** Takes word that the channel has a message. */
export function recordApplied(
  connection: Connection,
  messageId: string,
  channelMessageId: string | undefined,
  now: number,
): boolean {
  const message = findOutbound(connection, messageId);
  if (!message || !mayTurnOutApplied.includes(message.status)) return false;
  arrive(connection, [message], { status: "sent", channelMessageId }, now);
  return true;
}

export function recordReceipts(
  connection: Connection,
  contactId: string,
  messageIds: string[],
  status: "delivered" | "read",
  now: number,
): void {
  const messages = connection.all<OutboundRow>(
    `SELECT DISTINCT m.seq, m.contact_seq AS contactSeq, m.status
     FROM json_each(?) CROSS JOIN messages m ON m.id = value CROSS JOIN contacts c ON c.seq = m.contact_seq
     WHERE m.direction = 'outbound' AND c.id = ? ORDER BY m.seq`,
    JSON.stringify(messageIds),
    contactId,
  );
  const moved = messages.filter((message) => beforeReceipt[status].includes(message.status));
  arrive(connection, moved, { status }, now);
}

/** The channel has these messages: whatever was under way for them is over. */
export function arrive(
  connection: Connection,
  messages: OutboundRow[],
  change: { status: "sent" | "delivered" | "read"; channelMessageId?: string | undefined },
  now: number,
): void {
  endAttempts(
    connection,
    messages.map(({ seq }) => ({ messageSeq: seq, outcome: "applied" })),
    now,
  );
  setStatuses(
    connection,
    messages.map(({ seq }) => ({ seq, ...change })),
    now,
  );
  for (const message of messages) {
    if (mayTurnOutApplied.includes(message.status)) leaveLane(connection, message, now);
  }
}
