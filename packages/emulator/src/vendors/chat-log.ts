import type { CustomerDoing, ReceivedMessage } from "./stand-in.ts";

const maxKept = 10_000;

/** One line of a chat: what a program sent, or what the customer did. */
export type ChatEntry =
  | { from: "program"; message: ReceivedMessage }
  | { from: "customer"; at: number; doing: CustomerDoing };

/** What went on between a vendor's customers and a program, as a phone shows it. */
export class ChatLog {
  #entries: { address: string; entry: ChatEntry }[] = [];
  readonly #names = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  meet(address: string, name: string | undefined): void {
    if (name === undefined && this.#names.has(address)) return;
    this.#names.set(address, name ?? address);
    this.tell();
  }

  add(address: string, entry: ChatEntry): void {
    if (!this.#names.has(address)) this.#names.set(address, address);
    this.#entries.push({ address, entry });
    if (this.#entries.length > maxKept) this.#entries = this.#entries.slice(-maxKept / 2);
    this.tell();
  }

  list(address: string): ChatEntry[] {
    const own = this.#entries.filter((one) => one.address === address);
    return structuredClone(own.map(({ entry }) => entry));
  }

  customers(): { address: string; name: string }[] {
    return [...this.#names].map(([address, name]) => ({ address, name }));
  }

  /** Tells those who watch that something has changed. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
