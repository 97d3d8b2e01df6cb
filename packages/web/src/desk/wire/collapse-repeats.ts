import type { Exchange } from "../desk-wire.ts";

/** A row of the log: an exchange, or several that were the same look at the same thing. */
export interface LoggedRow {
  /** The latest of them. */
  exchange: Exchange;
  /** The id of the earliest. */
  firstId: number;
  times: number;
}

/** The exchanges in their order, with looks that followed on each other and found the same status as one row. */
export function collapseRepeats(exchanges: readonly Exchange[]): LoggedRow[] {
  const rows: LoggedRow[] = [];
  for (const exchange of exchanges) {
    const last = rows.at(-1);
    if (last && isSameLook(last.exchange, exchange))
      rows[rows.length - 1] = { ...last, exchange, times: last.times + 1 };
    else rows.push({ exchange, firstId: exchange.id, times: 1 });
  }
  return rows;
}

function isSameLook(one: Exchange, other: Exchange): boolean {
  return (
    one.method === "GET" &&
    one.method === other.method &&
    one.url === other.url &&
    one.status === other.status &&
    one.faults === undefined &&
    other.faults === undefined
  );
}
