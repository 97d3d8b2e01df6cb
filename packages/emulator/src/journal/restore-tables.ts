import { EmulatorDataError } from "../emulator-error.ts";
import type { Journal } from "./journal.ts";
import type { Table } from "./table.ts";

/** A file is written anew once so many of its lines are history. */
const staleLinesBeforeCompaction = 10_000;

/** Fills tables with what a journal kept. `warn` hears where its history could not be cut off. @throws EmulatorDataError */
export function restoreTables(
  journal: Journal,
  tables: readonly Table<NonNullable<unknown>>[],
  warn: (message: string) => void,
): void {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const lines = journal.replay(([name, key, row]) => byName.get(name)?.restore(key, row));
  const live = tables.reduce((sum, table) => sum + table.size, 0);
  if (lines - live < staleLinesBeforeCompaction) return;
  try {
    journal.compact(allLines(tables));
  } catch (error) {
    if (!(error instanceof EmulatorDataError)) throw error;
    warn(`${error.message} It is read, but stays as long as it is.`);
  }
}

function* allLines(tables: readonly Table<NonNullable<unknown>>[]) {
  for (const table of tables) yield* table.lines();
}
