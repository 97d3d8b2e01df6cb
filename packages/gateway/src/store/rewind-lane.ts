/** How far a subscription has been told of one contact. */
export interface LanePlace {
  /** Nothing before this place in the log is told. */
  next: number;
  /** What lies behind the first place and up to the second was told before a replay, and is passed by. */
  skip?: { after: number; until: number };
}

/** Where a contact's first and last event lie that are to be told again. */
export interface ReplayRange {
  first: number;
  last: number;
}

/**
 * Where a lane stands once a range is to be told again. Two replays at once become one over all that lies between
 * them. `told` is the place up to which everything was told where there is no lane.
 */
export function rewindLane(lane: LanePlace | undefined, range: ReplayRange, told: number): LanePlace {
  if (lane && !isBehind(lane, range)) return lane;
  const until = lane ? (lane.skip?.until ?? lane.next - 1) : told;
  const after = Math.max(range.last, lane?.skip?.after ?? 0);
  const next = Math.min(range.first, lane?.next ?? range.first);
  return after < until ? { next, skip: { after, until } } : { next };
}

/** Whether a lane would not come by a range, or pass it by. */
function isBehind({ next, skip }: LanePlace, { first, last }: ReplayRange): boolean {
  return first < next || (skip !== undefined && first <= skip.until && last > skip.after);
}
