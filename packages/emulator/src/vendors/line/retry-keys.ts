/** How long a retry key is remembered. */
const keptMs = 24 * 60 * 60 * 1000;

/** What was accepted under a key. */
export interface AcceptedRequest {
  requestId: string;
  sentMessages: { id: string }[];
}

/** The keys by which LINE recognises a request that is made again. */
export class RetryKeys {
  readonly #accepted = new Map<string, AcceptedRequest & { at: number }>();

  find(key: string, now: number): AcceptedRequest | undefined {
    const found = this.#accepted.get(key);
    return found && found.at + keptMs > now ? found : undefined;
  }

  keep(key: string, accepted: AcceptedRequest, now: number): void {
    for (const [old, { at }] of this.#accepted) {
      if (at + keptMs > now) break;
      this.#accepted.delete(old);
    }
    this.#accepted.set(key, { ...accepted, at: now });
  }
}
