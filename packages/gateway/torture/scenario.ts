import type { CuttingRule } from "./cutting-proxy.ts";
import type { UpstreamSettings } from "./upstream/upstream-settings.ts";
import type { World } from "./world.ts";

/** One kind of trouble, with how much of it there is at full scale. */
export interface Scenario {
  name: string;
  /** For the table: what is done to whom. */
  title: string;
  stores: readonly ("sqlite" | "postgres")[];
  /** How many gateways share the store; SQLite has one. */
  gateways: number;
  sends: number;
  contacts: number;
  /** How many senders send at once. */
  senders: number;
  upstream: Partial<UpstreamSettings>;
  /** What a proxy between senders and gateways cuts, at full scale. */
  cutSenders?: readonly CuttingRule[];
  /** What a proxy between gateways and PostgreSQL cuts, at full scale. */
  cutDatabase?: readonly CuttingRule[];
  /** Makes the trouble, and comes to an end by itself. Returns what it did, for the table. */
  trouble(world: World): Promise<string>;
}
