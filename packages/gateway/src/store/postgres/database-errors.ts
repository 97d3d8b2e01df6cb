import { StoreUnavailableError } from "../../gateway-error.ts";

/**
 * Classes of SQLSTATE by which a server says that it cannot serve now: no connection, refused at the door, not the
 * writable server of a pair, out of something, in the way of an operator or of a time limit.
 * https://www.postgresql.org/docs/14/errcodes-appendix.html
 */
const unavailableClasses = ["08", "25", "28", "3D", "53", "55", "57", "58"];

/** What the commoner of them mean, and what to do; by class, with the default for the others. */
const meanings: Readonly<Record<string, { meaning: string; fix: string }>> = {
  "25": {
    meaning: "it takes no writes",
    fix: "Name the primary, and not a standby or a database that is read-only.",
  },
  "28": {
    meaning: "it does not let this user in",
    fix: "Check user and password in the database's URL, and pg_hba.conf of the server.",
  },
  "3D": { meaning: "there is no database of this name", fix: "Make it, or correct the database's URL." },
  "53": {
    meaning: "it has run out of connections, memory or disk",
    fix: "Give it more; each gateway takes 11 connections.",
  },
  "57": { meaning: "it is starting or stopping", fix: "Nothing to do where it comes back." },
};

const unknownMeaning = {
  meaning: undefined,
  fix: "Nothing to do where it comes back; otherwise see that PostgreSQL runs, can be reached and has room.",
};

/** What becomes of two transactions that got in each other's way: nothing was done, and it may be done again. */
const conflicts = ["40001", "40P01"];

export function isConflict(error: unknown): boolean {
  return conflicts.includes(sqlState(error) ?? "");
}

/** Whether a row was refused since a unique index has one like it. */
export function isDuplicate(error: unknown, index: string): boolean {
  return sqlState(error) === "23505" && (error as { constraint?: string }).constraint === index;
}

/** Whether the user lacks a right, such as to make the tables. */
export function isForbidden(error: unknown): boolean {
  return sqlState(error) === "42501";
}

/**
 * Tells a database that is away from a statement that is wrong. What the server did not say with an SQLSTATE comes
 * from the connection to it.
 */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  const state = sqlState(error);
  if (state !== undefined && !unavailableClasses.includes(state.slice(0, 2)) && !isConflict(error))
    return error;
  const { meaning, fix } = meanings[state?.slice(0, 2) ?? ""] ?? unknownMeaning;
  const reason = meaning === undefined ? (state ?? connectionFault(error)) : `${meaning} (${state})`;
  return new StoreUnavailableError(`The database does not answer: ${reason}.`, fix, { cause: error });
}

function sqlState(error: unknown): string | undefined {
  const code = codeOf(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && error instanceof Error && "severity" in error
    ? code
    : undefined;
}

function connectionFault(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
