import type { ChannelWorld, FaultyStore } from "./channel-world.ts";

/** What every adapter is held to. A channel may be exempt from some, and says why; all else is for each of them. */
export const subjects = [
  "contacts",
  "what customers send",
  "all nine types",
  "taps",
  "adaptation",
  "receipts",
  "window",
  "rate limit",
  "unreachable customer",
  "asynchronous failure",
  "wrong signature",
  "replayed webhook",
  "lost answer",
  "several parts",
] as const;

export type Subject = (typeof subjects)[number];

/** One behaviour, in a world of its own. */
export interface ChannelTest {
  subject: Subject;
  name: string;
  run(world: ChannelWorld): Promise<void>;
  /** What stands between the gateway and its store. */
  store?: FaultyStore;
  /** `exempt`: holds on the channels that are exempt from the subject, and shows that they are. */
  on?: "exempt";
}
