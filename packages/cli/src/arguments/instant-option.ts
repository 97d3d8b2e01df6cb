import { usageFailure } from "../errors/failure.ts";

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A parser for an option that takes an instant: ISO 8601, or how long ago, such as `90m`. Answers ISO 8601 in UTC. */
export function instant(option: string, now: () => number = Date.now): (argument: string) => string {
  return (argument) => {
    const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(argument) ?? [];
    const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/.test(argument);
    const ago = Number(count) * (unitsMs[unit] ?? Number.NaN);
    const epochMs = count === undefined ? (isDate ? Date.parse(argument) : Number.NaN) : now() - ago;
    if (!Number.isNaN(epochMs)) return new Date(epochMs).toISOString();
    throw usageFailure(
      `${option} "${argument}" is not an instant.`,
      `Write ${option} 2026-11-22T12:00:00Z, or how long ago: ${option} 90m, 6h or 2d`,
      "usage.instant",
    );
  };
}
