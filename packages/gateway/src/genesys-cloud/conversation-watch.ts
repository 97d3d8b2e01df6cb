import { NotFoundError, OpenMessagingError } from "@quickcard/client";
import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import type { LinkedConversationRecord } from "../store/link-store.ts";
import type { Store } from "../store/store.ts";
import type { Cloud } from "./cloud.ts";
import { conversationPhase } from "./conversation-phase.ts";
import type { LinkPolicy } from "./link-policy.ts";

/** What watching stands on. */
export interface WatchOptions {
  cloud: Pick<Cloud, "conversations">;
  store: Pick<
    Store,
    "claimConversationChecks" | "settleConversationCheck" | "findContact" | "updateContact" | "takeRate"
  >;
  policy: LinkPolicy;
  world: Pick<DeliveryWorld, "sleep" | "timeout">;
  /** Milliseconds since 1970. */
  now: () => number;
  onError: (error: unknown, what: string) => void;
}

/** How many conversations one process looks at at once. */
const checksAtOnce = 4;

/** The share of the quota that looking may spend; the rest is for messages. */
const checkShare = 0.2;

/**
 * Looks at open conversations again and again, so that ends and hand-overs are noticed: Genesys Cloud posts neither to the
 * webhook of an integration. Each process takes those that no other looks at.
 */
export class ConversationWatch {
  readonly #options: WatchOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { world, policy, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.checkDue();
      } catch (error) {
        onError(error, "conversations are not looked at, since the store failed");
      }
      await world.sleep(policy.pollMs, signal);
    }
  }

  /** Looks at what is due, as far as the quota reaches. */
  async checkDue(): Promise<void> {
    const { store, policy } = this.#options;
    for (;;) {
      const { conversations } = await store.claimConversationChecks({
        limit: checksAtOnce,
        leaseMs: policy.checkLeaseMs,
      });
      if (conversations.length === 0) return;
      await Promise.all(conversations.map((conversation) => this.#check(conversation)));
    }
  }

  async #check(conversation: LinkedConversationRecord): Promise<void> {
    const { store, policy, onError } = this.#options;
    const allowed = Math.max(1, Math.floor(policy.requestsPerMinute * checkShare));
    const { exceeded, resetMs } = await store.takeRate("genesys-cloud-checks", allowed, 60_000);
    if (exceeded) return store.settleConversationCheck(conversation, { nextInMs: resetMs });
    try {
      await this.#see(conversation, await this.#phaseOf(conversation));
    } catch (error) {
      if (!OpenMessagingError.is(error)) throw error;
      onError(error, "a conversation could not be looked at");
      const nextInMs = Math.max(policy.idleCheckMs, error.retryAfterMs ?? 0);
      await store.settleConversationCheck(conversation, { nextInMs });
    }
  }

  async #phaseOf({ remoteId }: LinkedConversationRecord) {
    const { cloud, world, policy } = this.#options;
    const timeout = world.timeout(policy.requestTimeoutMs);
    try {
      return conversationPhase(await cloud.conversations.get(remoteId, { signal: timeout.signal }));
    } catch (error) {
      if (NotFoundError.is(error)) return "closed";
      if (!OpenMessagingError.is(error) && timeout.signal.aborted) return undefined;
      throw error;
    } finally {
      timeout.cancel();
    }
  }

  async #see(
    conversation: LinkedConversationRecord,
    phase: ReturnType<typeof conversationPhase> | undefined,
  ): Promise<void> {
    const { store, policy, now } = this.#options;
    const contact = await store.findContact(conversation.contactId);
    // Closed here: its end is on its way to Genesys Cloud.
    const isOurs = contact && contact.state !== "closed" && phase !== undefined;
    const hasChanged = isOurs && contact.state !== phase;
    if (hasChanged) await store.updateContact(contact.id, { state: phase }, now());
    if (phase === "closed") return store.settleConversationCheck(conversation, { phase: "ended" });
    const isMoving = hasChanged || phase === "queued";
    const nextInMs = isMoving ? policy.activeCheckMs : policy.idleCheckMs;
    await store.settleConversationCheck(conversation, { nextInMs });
  }
}
