import { FaultQueue } from "./fault-queue.ts";
import { Inbox } from "./inbox.ts";
import type { Customer, ReceivedMessage, StandIn, StandInWorld, Vendor } from "./stand-in.ts";
import { worldOf } from "./system-world.ts";
import { type WebhookAttempt, WebhookOutbox } from "./webhook-outbox.ts";

/** What every vendor's stand-in has: a box of messages, faults to come, and webhooks on their way. */
export abstract class VendorStandIn implements StandIn {
  abstract readonly vendor: Vendor;
  protected readonly now: () => number;
  protected readonly inbox = new Inbox();
  protected readonly faults = new FaultQueue();
  protected readonly outbox: WebhookOutbox;

  /** `retryWaitsMs` are the waits before a webhook is tried again. */
  constructor(world: StandInWorld, retryWaitsMs: readonly number[]) {
    const { now, sleep } = worldOf(world);
    this.now = now;
    this.outbox = new WebhookOutbox({ retryWaitsMs, sleep });
  }

  abstract fetch(request: Request): Promise<Response>;
  abstract customer(address: string, name?: string): Customer;

  received(to?: string): ReceivedMessage[] {
    return this.inbox.list(to);
  }

  fault(...faults: Parameters<StandIn["fault"]>): void {
    this.faults.add(faults);
  }

  webhooks(): WebhookAttempt[] {
    return this.outbox.attempts();
  }

  replayWebhooks(): void {
    this.outbox.replay();
  }

  settled(): Promise<void> {
    return this.outbox.settled();
  }

  close(): void {
    this.outbox.close();
  }
}
