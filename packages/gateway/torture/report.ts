import { violationsOf } from "./judge.ts";
import type { RunResult } from "./run-scenario.ts";

const columns = [
  "torture",
  "store",
  "sends",
  "trouble",
  "repeated by senders",
  "doubtful sends read back",
  "lost",
  "out of order",
  "stuck",
  "duplicated",
  "untruthful",
  "unknown",
  "seconds",
] as const;

/** The head of the table, in Markdown. */
export const tableHead = `| ${columns.join(" | ")} |\n|${columns.map((_, at) => (at < 2 ? "---" : "---:")).join("|")}|`;

/** One row of the table. */
export function rowOf({
  scenario,
  store,
  sends,
  trouble,
  repeats,
  upstream,
  verdict,
  seconds,
}: RunResult): string {
  const { lost, outOfOrder, stuck, duplicated, untruthful, unexpected, unknown } = verdict;
  const broken = [lost, outOfOrder, stuck, duplicated, [...untruthful, ...unexpected]];
  const cells = [
    scenario.title,
    store === "sqlite" ? "SQLite" : "PostgreSQL",
    sends,
    trouble,
    repeats,
    upstream.readBacks,
    ...broken.map((entries) => entries.length),
    unknown,
    seconds.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** What went wrong in a run, for a person to read; empty where nothing did. */
export function complaintsOf({ scenario, store, verdict, deaths }: RunResult): string[] {
  return [...violationsOf(verdict), ...deaths].map(
    (complaint) => `${scenario.name} on ${store}: ${complaint}`,
  );
}
