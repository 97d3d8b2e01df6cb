import type { ChannelProfile, Length } from "../channel-profile.ts";
import type { Unit } from "../limit.ts";
import type { Effect, LintFinding } from "../lint-finding.ts";
import { figure, fits, type Room, taken } from "../text/room.ts";

/** Where the findings of one `lint` are gathered. */
export interface Report {
  readonly profile: ChannelProfile;
  readonly findings: LintFinding[];
}

/** What breaks a rule that is no figure. */
export interface Breach {
  rule: string;
  message: string;
  fix: string;
  /** Default: `refused`. */
  effect?: Effect;
}

const units: { readonly [Name in Unit]?: string } = { bytes: "bytes", items: "" };

/** Reports that a rule is broken. */
export function breach(
  report: Report,
  pointer: string,
  { rule, message, fix, effect = "refused" }: Breach,
): void {
  const { profile, findings } = report;
  findings.push({ channel: profile.name, pointer, limit: rule, ...weight(effect), message, fix });
}

/** Reports that a text is longer than a limit. */
export function tooLong(
  report: Report,
  pointer: string,
  text: string,
  check: { limit: Length<string> | undefined; room: readonly Room[]; fix: string },
): void {
  const { limit, room, fix } = check;
  if (limit === undefined || limit === "any" || fits(text, room)) return;
  const actual = Math.max(...room.map((one) => taken(text, one)));
  over(report, pointer, { limit, actual, fix });
}

/** A figure that is on the wrong side of a limit. */
interface Excess {
  limit: string;
  actual: number;
  fix: string;
  /** Default: that of the channel, which refuses or cuts. */
  effect?: Effect;
  /** Default: the figure and the limit. */
  message?: string;
}

/** Reports a figure that is above that of a limit, or below where the limit is a least one. */
export function over(report: Report, pointer: string, found: Excess): void {
  const { profile, findings } = report;
  const { limit, actual, fix } = found;
  const allowed = figure(profile, limit);
  const row = profile.limits[limit];
  if (allowed === undefined || !row) return;
  const unit = ` ${units[row.unit] ?? "characters"}`.trimEnd();
  const effect = found.effect ?? (profile.cuts?.includes(limit) ? "cut" : "refused");
  findings.push({
    channel: profile.name,
    pointer,
    limit,
    ...weight(effect),
    message: found.message ?? `This is ${actual}${unit}; ${profile.title} has a limit of ${allowed}`,
    fix,
    actual,
    allowed,
    unit: row.unit,
    certainty: row.certainty,
    sources: row.sources,
  });
}

function weight(effect: Effect): Pick<LintFinding, "severity" | "effect"> {
  return { severity: effect === "changed" || effect === "charged" ? "warning" : "error", effect };
}
