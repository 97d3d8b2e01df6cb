import type { ChatMessage } from "../chat-wire.ts";
import { backoffMs } from "./backoff.ts";
import { type ChatApi, ChatRequestError } from "./chat-api.ts";
import type { OutgoingMessage } from "./chat-session.ts";
import { type Clock, createAlarm } from "./clock.ts";

/** What an outbox works for. */
export interface OutboxOptions {
  api: Pick<ChatApi, "send">;
  clock: Clock;
  random: () => number;
  /** The message whose turn it is. It is asked for anew after each try. */
  next: () => OutgoingMessage | undefined;
  onAccepted: (clientMessageId: string, message: ChatMessage) => void;
  /** The gateway refused the message, and would again. */
  onRefused: (clientMessageId: string) => void;
}

/** Hands the customer's messages to the gateway, one at a time and in order, each until it has an answer. */
export interface Outbox {
  /** There is something to send, or the gateway is back: do not wait any longer. */
  wake(): void;
  stop(): void;
}

/**
 * Makes an outbox. A message without an answer is sent again under the same `clientMessageId`, which makes it one message
 * however often it arrives; those behind it wait, because the customer's order is part of what is said.
 */
export function createOutbox({ api, clock, random, next, onAccepted, onRefused }: OutboxOptions): Outbox {
  const alarm = createAlarm(clock);
  let isRunning = false;
  let isStopped = false;

  async function run(): Promise<void> {
    let failures = 0;
    for (let one = next(); one && !isStopped; one = next()) {
      const isAnswered = await tryToSend(one);
      failures = isAnswered ? 0 : failures + 1;
      if (!isAnswered && !isStopped) await alarm.wait(backoffMs(failures - 1, random));
    }
    isRunning = false;
  }

  async function tryToSend({ message }: OutgoingMessage): Promise<boolean> {
    try {
      const accepted = await api.send(message);
      if (!isStopped) onAccepted(message.clientMessageId, accepted);
      return true;
    } catch (error) {
      if (!(error instanceof ChatRequestError) || error.retryable) return false;
      if (!isStopped) onRefused(message.clientMessageId);
      return true;
    }
  }

  return {
    wake() {
      alarm.ring();
      if (isRunning || isStopped) return;
      isRunning = true;
      void run();
    },
    stop() {
      isStopped = true;
      alarm.ring();
    },
  };
}
