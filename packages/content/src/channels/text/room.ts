import type { ChannelProfile, Length, WholeForm } from "../channel-profile.ts";
import type { Unit } from "../limit.ts";

/** Room for a text: what each UTF-16 code unit takes of it. */
export interface Room {
  max: number;
  /** Absent: each code unit takes one. */
  cost?: (unit: number) => number;
}

/** Bytes in UTF-8; a surrogate is half of a character of four. */
function utf8Cost(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}

/** UTF-16 units of JSON, where quotation mark and backslash are escaped, and control characters as `\u0000`. */
function jsonUnits(unit: number): number {
  if (unit < 0x20) return 6;
  return unit === 0x22 || unit === 0x5c ? 2 : 1;
}

const costs: { readonly [Name in Unit | WholeForm["counts"]]?: (unit: number) => number } = {
  bytes: utf8Cost,
  json: (unit) => (unit < 0x80 ? jsonUnits(unit) : utf8Cost(unit)),
  "utf16-json": (unit) => 2 * jsonUnits(unit),
};

/** What of a whole message is left for one text, beside names, brackets and addresses. */
const envelope = 1_000;

/** The room that a limit gives, and that of ours for the same field. */
export function rooms(profile: ChannelProfile, length: Length<string> | undefined, ours: number): Room[] {
  const own = limitRoom(profile, length);
  return own ? [own, { max: ours }] : [{ max: ours }];
}

/** The room for a text of its own. */
export function textRooms(profile: ChannelProfile, length: Length<string>, ours: number): Room[] {
  const found = rooms(profile, length, ours);
  const whole = profile.whole && limitRoom(profile, profile.whole.max, profile.whole.counts);
  return whole ? [...found, { ...whole, max: whole.max - envelope }] : found;
}

/** The figure of a limit; none where the channel states none. */
export function figure(profile: ChannelProfile, length: Length<string> | undefined): number | undefined {
  const value = length === undefined || length === "any" ? undefined : profile.limits[length]?.value;
  return typeof value === "number" ? value : undefined;
}

/** How much of a room a text takes. */
export function taken(text: string, { cost }: Room): number {
  if (!cost) return text.length;
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum += cost(text.charCodeAt(index));
  return sum;
}

/** The bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return taken(text, { max: Number.POSITIVE_INFINITY, cost: utf8Cost });
}

/** Whether a text has room in all of some rooms. */
export function fits(text: string, all: readonly Room[]): boolean {
  for (const room of all) {
    if (text.length > room.max || (room.cost && taken(text, room) > room.max)) return false;
  }
  return true;
}

/** The index at which the first of some rooms is full, counted from an index on. */
export function fullAt(text: string, from: number, all: readonly Room[]): number {
  return Math.min(...all.map((room) => fullAtOf(text, from, room)));
}

function fullAtOf(text: string, from: number, { max, cost }: Room): number {
  if (!cost) return Math.min(text.length, from + max);
  let sum = 0;
  for (let index = from; index < text.length; index += 1) {
    sum += cost(text.charCodeAt(index));
    if (sum > max) return index;
  }
  return text.length;
}

function limitRoom(
  profile: ChannelProfile,
  length: Length<string> | undefined,
  counts?: WholeForm["counts"],
): Room | undefined {
  const max = figure(profile, length);
  if (max === undefined || length === undefined) return undefined;
  const cost = costs[counts ?? profile.limits[length]?.unit ?? "chars"];
  return cost ? { max, cost } : { max };
}
