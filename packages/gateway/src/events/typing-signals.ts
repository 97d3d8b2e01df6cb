/** Told of an agent who types, and for how long they may be shown so. */
export type OnTyping = (durationMs: number) => void;

/**
 * Who types to whom, told to those who follow the contact at this gateway. It is kept nowhere, and no other gateway is told:
 * a typing that is lost is no loss.
 */
export class TypingSignals {
  readonly #listeners = new Map<string, Set<OnTyping>>();

  tell(contactId: string, durationMs: number): void {
    for (const listener of this.#listeners.get(contactId) ?? []) listener(durationMs);
  }

  /** Answers what ends the listening. */
  listen(contactId: string, listener: OnTyping): () => void {
    const listeners = this.#listeners.get(contactId) ?? new Set();
    this.#listeners.set(contactId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(contactId) === listeners)
        this.#listeners.delete(contactId);
    };
  }
}
