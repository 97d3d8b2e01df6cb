import type { OpenInboundNormalizedReceipt } from "@quickcard/client/genesys-cloud";
import type { DeliveryWorld } from "../../delivery/delivery-worker.ts";
import { WakeUp } from "../../delivery/wake-up.ts";
import type { Cloud } from "../cloud.ts";
import type { DiskSpool, Spooled } from "../disk-spool.ts";
import type { LinkPolicy } from "../link-policy.ts";
import { decideOnFailure } from "./decide-on-failure.ts";
import { sendReceipt } from "./send-receipt.ts";

/** What telling stands on. */
export interface FailedReceiptsOptions {
  cloud: Pick<Cloud, "openMessaging">;
  spool: Pick<DiskSpool, "append" | "list" | "read" | "remove">;
  policy: LinkPolicy;
  world: Pick<DeliveryWorld, "sleep" | "random">;
  /** Milliseconds since 1970. */
  now: () => number;
  onError: (error: unknown, what: string) => void;
}

/** When a receipt is told again, and how often that has failed. */
interface Wait {
  failures: number;
  dueAt: number;
}

/**
 * Tells Genesys Cloud of messages that cannot be shown to anybody. They have no lane in the store, perhaps no contact, so
 * their receipts lie on disk until they are told. One that is told twice says nothing new.
 */
export class FailedReceipts {
  readonly #options: FailedReceiptsOptions;
  readonly #stopping = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #waits = new Map<string, Wait>();
  #running: Promise<void> | undefined;

  constructor(options: FailedReceiptsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.call();
    await this.#running;
  }

  /** Resolves once the receipt is safe. */
  async add(integrationId: string, receipt: OpenInboundNormalizedReceipt): Promise<void> {
    await this.#options.spool.append(integrationId, JSON.stringify(receipt));
    this.#wakeUp.call();
  }

  async #run(): Promise<void> {
    const { world, policy, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const waitMs = await this.#tellDue().catch((error: unknown) => {
        onError(error, "receipts of messages that were not shown cannot be read");
        return policy.restMs;
      });
      await this.#wakeUp.wait((called) => world.sleep(waitMs, called));
    }
  }

  /** Tells what is due, and says how long until more is. */
  async #tellDue(): Promise<number> {
    const { spool, now, policy } = this.#options;
    const names = await spool.list();
    for (const name of names) {
      if (this.#stopping.signal.aborted) break;
      if ((this.#waits.get(name)?.dueAt ?? 0) > now()) continue;
      const spooled = await spool.read(name);
      if (spooled && (await this.#tell(spooled))) {
        await spool.remove(name);
        this.#waits.delete(name);
      }
    }
    const dueAt = [...this.#waits.values()].map((wait) => wait.dueAt);
    return Math.max(policy.pollMs, Math.min(...dueAt, now() + policy.idleCheckMs) - now());
  }

  /** Whether there is nothing more to tell. */
  async #tell({ name, integrationId, body }: Spooled): Promise<boolean> {
    const { cloud, now, onError } = this.#options;
    const receipt = JSON.parse(body) as OpenInboundNormalizedReceipt;
    const { signal } = this.#stopping;
    try {
      await sendReceipt(cloud, integrationId, receipt, signal);
      return true;
    } catch (error) {
      const failures = (this.#waits.get(name)?.failures ?? 0) + 1;
      const ageMs = now() - Date.parse(receipt.channel.time ?? "");
      const decision = this.#decide(error, failures, ageMs);
      if (decision.kind === "retry") this.#waits.set(name, { failures, dueAt: now() + decision.afterMs });
      else onError(error, "Genesys Cloud is not told that a message was not shown");
      return decision.kind !== "retry";
    }
  }

  #decide(error: unknown, attempt: number, ageMs: number) {
    const { policy, world } = this.#options;
    return decideOnFailure(error, { attempt, ageMs, policy, random: () => world.random() });
  }
}
