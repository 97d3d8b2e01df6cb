import { ChatLog } from "./chat-log.ts";
import { FaultQueue } from "./fault-queue.ts";
import { Inbox } from "./inbox.ts";
import { loggedCustomer } from "./logged-customer.ts";
import { MediaBox } from "./media-box.ts";
import type { ChatEntry, Customer, ReceivedMessage, StandIn, StandInWorld, Vendor } from "./stand-in.ts";
import { worldOf } from "./system-world.ts";
import { type WebhookAttempt, WebhookOutbox } from "./webhook-outbox.ts";

/** What every vendor's stand-in has: a box of messages, faults to come, and webhooks on their way. */
export abstract class VendorStandIn implements StandIn {
  abstract readonly vendor: Vendor;
  protected readonly now: () => number;
  protected readonly log: ChatLog;
  protected readonly inbox: Inbox;
  /** What customers have sent. */
  protected readonly media = new MediaBox();
  protected readonly faults = new FaultQueue();
  protected readonly outbox: WebhookOutbox;
  /** Takes a request to the program. */
  protected readonly deliver: (request: Request) => Promise<Response>;

  /** `retryWaitsMs` are the waits before a webhook is tried again. */
  constructor(world: StandInWorld, retryWaitsMs: readonly number[]) {
    const { now, sleep, deliver } = worldOf(world);
    this.now = now;
    this.log = new ChatLog(world.file);
    this.inbox = new Inbox(this.log);
    this.deliver = deliver;
    this.outbox = new WebhookOutbox({ retryWaitsMs, sleep, deliver });
  }

  abstract fetch(request: Request): Promise<Response>;
  /** The vendor's app on a customer's phone. */
  protected abstract app(address: string): Customer;

  customer(address: string, name?: string): Customer {
    this.log.meet(address, name);
    const labelOf = (messageId: string, choiceId: string): string =>
      this.inbox.choice(address, messageId, choiceId).label;
    return loggedCustomer(this.app(address), { log: this.log, now: this.now, labelOf });
  }

  received(to?: string): ReceivedMessage[] {
    return this.log.messages(to);
  }

  chat(address: string): ChatEntry[] {
    return this.log.chat(address);
  }

  customers(): { address: string; name: string }[] {
    return this.log.customers().map(({ address, name }) => ({ address, name }));
  }

  watch(listener: () => void): () => void {
    return this.log.watch(listener);
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
    this.log.close();
  }
}
