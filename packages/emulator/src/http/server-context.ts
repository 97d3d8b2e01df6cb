import type { TurnedDial } from "../faults/fault-dial.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { WireLog } from "../wire-log/wire-log.ts";
import type { RateLimiters } from "./rate-limiter.ts";

/** What every request to the emulator meets. */
export interface ServerContext {
  organisation: Organisation;
  faults: TurnedDial;
  wireLog: WireLog;
  rateLimiters: RateLimiters;
}
