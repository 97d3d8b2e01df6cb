import type { ChatLog } from "./chat-log.ts";
import type { ReceivedMessage, ShownChoice, VendorStatus } from "./stand-in.ts";

/** What a vendor has taken from programs. */
export class Inbox {
  readonly #log: ChatLog;

  constructor(log: ChatLog) {
    this.#log = log;
  }

  add(message: ReceivedMessage): void {
    this.#log.putMessage(message);
  }

  find(id: string): ReceivedMessage | undefined {
    return this.#log.message(id);
  }

  setStatus(id: string, status: VendorStatus, failure?: number): void {
    const message = this.#log.message(id);
    if (message) this.#log.putMessage({ ...message, status, ...(failure !== undefined && { failure }) });
  }

  /** The messages on a customer's screen up to one, or all of them. */
  upTo(address: string, id?: string): ReceivedMessage[] {
    const shown = this.#log
      .messages(address)
      .filter(({ status }) => status === "delivered" || status === "read");
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
