/** Where a vendor sends its webhooks, and how it signs them. */
export interface WebhookTarget {
  url: string;
  headers(body: string): Record<string, string>;
  /** What is done with the body of an answer that was a 2xx. */
  takeAnswer?(body: string): void;
}

/** One try to deliver a webhook. */
export interface WebhookAttempt {
  url: string;
  body: string;
  headers: Record<string, string>;
  /** 1 for the first. */
  number: number;
  /** The answer's status; absent where none came. */
  status?: number;
}

interface Waiting {
  /** Makes the body of the nth try: some vendors say whether it is a repetition. */
  body: (number: number) => string;
}

export interface WebhookOutboxOptions {
  /** The waits before the second and later tries, in milliseconds. When they are used up the webhook is given up. */
  retryWaitsMs: readonly number[];
  sleep: (milliseconds: number) => Promise<void>;
  deliver: (request: Request) => Promise<Response>;
}

const maxRemembered = 10_000;

/**
 * Delivers webhooks one after the other, each until it is answered with a 2xx or its tries are used up. Without a
 * target they are dropped, as by a vendor to whom no address was told.
 */
export class WebhookOutbox {
  readonly #options: WebhookOutboxOptions;
  readonly #attempts: WebhookAttempt[] = [];
  readonly #ending = new AbortController();
  #target: WebhookTarget | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: WebhookOutboxOptions) {
    this.#options = options;
  }

  setTarget(target: WebhookTarget | undefined): void {
    this.#target = target;
  }

  get target(): WebhookTarget | undefined {
    return this.#target;
  }

  push(body: (number: number) => string): void {
    this.#work = this.#work.then(() => this.#deliver({ body }));
  }

  attempts(): WebhookAttempt[] {
    return [...this.#attempts];
  }

  /** Sends again, byte for byte, what was delivered. */
  replay(): void {
    const delivered = this.#attempts.filter(({ status = 0 }) => status >= 200 && status < 300);
    for (const { body } of delivered) this.push(() => body);
  }

  /** Resolves once nothing waits, also what was added meanwhile. */
  async settled(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#work) {
      seen = this.#work;
      await seen;
    }
  }

  close(): void {
    this.#ending.abort();
  }

  async #deliver({ body }: Waiting): Promise<void> {
    const waits = this.#options.retryWaitsMs;
    for (let number = 1; number <= waits.length + 1; number += 1) {
      if (this.#ending.signal.aborted || !this.#target) return;
      if (number > 1) await this.#options.sleep(waits[number - 2] ?? 0);
      if (await this.#try(this.#target, body(number), number)) return;
    }
  }

  async #try(target: WebhookTarget, body: string, number: number): Promise<boolean> {
    const headers = { "content-type": "application/json", ...target.headers(body) };
    const attempt: WebhookAttempt = { url: target.url, body, headers, number };
    this.#attempts.push(attempt);
    if (this.#attempts.length > maxRemembered) this.#attempts.shift();
    // One signal for all requests would gather their listeners for as long as the stand-in is there.
    const ends = new AbortController();
    const end = () => ends.abort();
    this.#ending.signal.addEventListener("abort", end);
    try {
      const { signal } = ends;
      const init: RequestInit = { method: "POST", headers, body, signal, redirect: "manual" };
      const answer = await this.#options.deliver(new Request(target.url, init));
      const text = await answer.text();
      attempt.status = answer.status;
      if (answer.ok) target.takeAnswer?.(text);
      return answer.ok;
    } catch {
      // No answer came: the attempt stands without a status, and the next one follows.
      return false;
    } finally {
      this.#ending.signal.removeEventListener("abort", end);
    }
  }
}
