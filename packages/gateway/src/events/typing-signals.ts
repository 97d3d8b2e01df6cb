import { z } from "zod";
import type { Signals } from "../store/store.ts";

/** Told of an agent who types, and for how long they may be shown so. */
export type OnTyping = (durationMs: number) => void;

const signalSchema = z.object({
  typing: z.object({ contactId: z.string(), durationMs: z.number().positive() }),
});

/**
 * Who types to whom, told to those who follow the contact, at this gateway and at the others. It is kept nowhere: a typing that is lost is
 * no loss.
 */
export class TypingSignals {
  readonly #listeners = new Map<string, Set<OnTyping>>();
  readonly #others: Signals | undefined;

  /** `others`: the gateways that share the store; absent where there are none. */
  constructor(others: Signals | undefined) {
    this.#others = others;
    others?.listen((signal) => this.#hear(signal));
  }

  tell(contactId: string, durationMs: number): void {
    this.#tellHere(contactId, durationMs);
    this.#others?.send(JSON.stringify({ typing: { contactId, durationMs } }));
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

  #tellHere(contactId: string, durationMs: number): void {
    for (const listener of this.#listeners.get(contactId) ?? []) listener(durationMs);
  }

  /** Another version may signal what is not known here. */
  #hear(signal: string): void {
    const heard = signalSchema.safeParse(parse(signal));
    if (heard.success) this.#tellHere(heard.data.typing.contactId, heard.data.typing.durationMs);
  }
}

function parse(signal: string): unknown {
  try {
    return JSON.parse(signal);
  } catch {
    return undefined;
  }
}
