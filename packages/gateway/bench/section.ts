import type { BenchStores } from "./bench-stores.ts";

/** What every section is told. */
export interface SectionOptions {
  stores: BenchStores;
  rounds: number;
  /** Of the amounts, for a quick look. */
  scale: number;
}

/** One part of the report. Returns Markdown. */
export interface Section {
  name: string;
  title: string;
  run(options: SectionOptions): Promise<string>;
}

export const storeTitles = { sqlite: "SQLite", postgres: "PostgreSQL" } as const;
