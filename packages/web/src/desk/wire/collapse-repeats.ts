import type { Exchange } from "../desk-wire.ts";

/** A row of the log: an exchange, or several that were the same look at the same thing. */
export interface LoggedRow {
  /** The latest of them. */
  exchange: Exchange;
  /** The id of the earliest. */
  firstId: number;
  times: number;
}

/**
 * The exchanges in their order, with looks that found the same as one row where the earliest of them was. Looks at
 * several things in turn, as from a program that watches them, are a row each, until something else happens.
 */
export function collapseRepeats(exchanges: readonly Exchange[]): LoggedRow[] {
  const rows: LoggedRow[] = [];
  for (const exchange of exchanges) {
    const at = rows.findLastIndex((row) => !isLook(row.exchange) || foundTheSame(row.exchange, exchange));
    const row = rows[at];
    if (row && isLook(row.exchange) && isLook(exchange))
      rows[at] = { ...row, exchange, times: row.times + 1 };
    else rows.push({ exchange, firstId: exchange.id, times: 1 });
  }
  return rows;
}

function isLook({ method, faults }: Exchange): boolean {
  return method === "GET" && faults === undefined;
}

function foundTheSame(one: Exchange, other: Exchange): boolean {
  return one.url === other.url && one.status === other.status;
}
