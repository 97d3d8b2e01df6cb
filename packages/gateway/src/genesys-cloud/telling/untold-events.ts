import type { NotificationClaim } from "../../store/subscription-store.ts";

type Attempt = Pick<NotificationClaim, "event" | "attempt">;

/** How many events are remembered; what is forgotten is looked for, which costs requests and harms nothing. */
const mostEvents = 10_000;

/**
 * Events of which this process knows that no attempt so far has told anything, such as those refused for the quota: they are
 * told without a search, which would cost more of the quota than the telling.
 */
export class UntoldEvents {
  /** The last attempt of each. One that is not the next in order follows another process's. */
  readonly #attempts = new Map<number, number>();

  /** Whether an attempt before this one may have told the event. */
  mayBeTold({ event, attempt }: Attempt): boolean {
    return attempt > 1 && this.#attempts.get(event.id) !== attempt - 1;
  }

  add({ event, attempt }: Attempt): void {
    if (this.#attempts.size >= mostEvents) this.#attempts.clear();
    this.#attempts.set(event.id, attempt);
  }

  delete({ event }: Attempt): void {
    this.#attempts.delete(event.id);
  }
}
