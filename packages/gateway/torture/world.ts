import { setTimeout as delay } from "node:timers/promises";
import type { TestPostgres } from "../../../testing/start-postgres.ts";
import type { Random } from "../test/simulator/random.ts";
import type { CuttingProxy } from "./cutting-proxy.ts";
import type { GatewayFleet } from "./gateway-fleet.ts";

/** Where the trouble is made: what runs, and how far it has come. */
export interface World {
  fleet: GatewayFleet;
  postgres: TestPostgres | undefined;
  proxies: readonly CuttingProxy[];
  random: Random;
  /** The part of the full amount that is done in this run. */
  scale: number;
  /**
   * From 0 up to 1: how much of what there is to send and to deliver is done.
   *
   * @throws StalledError where nothing has been done for long.
   */
  progress(): Promise<number>;
  /** Whether all was sent, so that what needs senders can no more be done. */
  isSent(): boolean;
}

/** Nothing goes on any more, although nobody has come to the end. */
export class StalledError extends Error {
  override readonly name = "StalledError";
}

/** Does something so often, spread evenly over the run's progress. */
export async function spread(
  world: World,
  times: number,
  act: (index: number) => Promise<void>,
): Promise<number> {
  for (let index = 0; index < times; index += 1) {
    const due = (index + world.random.next()) / (times + 1);
    while ((await world.progress()) < due) await delay(5);
    await act(index);
  }
  return times;
}
