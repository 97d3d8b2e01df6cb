import type { ChatLog } from "./chat-log.ts";
import type { ReceivedMessage, ShownChoice, VendorStatus } from "./stand-in.ts";

const maxKept = 10_000;

/** What a vendor has taken from programs. */
export class Inbox {
  readonly #messages = new Map<string, ReceivedMessage>();
  readonly #log: ChatLog;

  constructor(log: ChatLog) {
    this.#log = log;
  }

  add(message: ReceivedMessage): void {
    this.#messages.set(message.id, message);
    const oldest = this.#messages.keys().next().value;
    if (this.#messages.size > maxKept && oldest !== undefined) this.#messages.delete(oldest);
    this.#log.add(message.to, { from: "program", message });
  }

  list(to?: string): ReceivedMessage[] {
    const all = [...this.#messages.values()].filter((message) => to === undefined || message.to === to);
    return structuredClone(all);
  }

  find(id: string): ReceivedMessage | undefined {
    return this.#messages.get(id);
  }

  setStatus(id: string, status: VendorStatus, failure?: number): void {
    const message = this.#messages.get(id);
    if (!message) return;
    message.status = status;
    if (failure !== undefined) message.failure = failure;
    this.#log.tell();
  }

  /** The messages on a customer's screen up to one, or all of them. */
  upTo(address: string, id?: string): ReceivedMessage[] {
    const shown = this.list(address).filter(({ status }) => status === "delivered" || status === "read");
    const end = id === undefined ? shown.length : shown.findIndex((message) => message.id === id) + 1;
    return shown.slice(0, end);
  }

  /** @throws where the customer has no such message, or it has no such choice. */
  choice(address: string, messageId: string, choiceId: string): ShownChoice {
    const message = this.find(messageId);
    const choice = message?.to === address && message.shown.choices.find(({ id }) => id === choiceId);
    if (choice) return choice;
    throw new Error(`${address} has no message ${messageId} with the choice ${choiceId}`);
  }
}
