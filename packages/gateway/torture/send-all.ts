import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type OpenMessagingClient, OpenMessagingError, text as textContent } from "@quickcard/client";
import { textOf as nameOf, type Operation } from "./operation.ts";

/** What senders are told. */
export interface SendingPlan {
  /** One for each gateway: a sender whose request fails goes on with the next. */
  clients: readonly OpenMessagingClient[];
  contactIds: readonly string[];
  sendsPerContact: number;
  senders: number;
  /** How long a sender repeats one send before it gives up. */
  patienceMs: number;
  /** What the nth message to a contact says. Default: that. */
  textOf?: (contactIndex: number, number: number) => string;
  onAnswered: () => void;
}

/**
 * Sends to all contacts, to each in order and one at a time, with a key for each send. Whatever fails is repeated with
 * the same key, at another gateway where there is one, until it is answered.
 */
export async function sendAll(plan: SendingPlan): Promise<Operation[]> {
  const operations: Operation[] = [];
  const { textOf = nameOf } = plan;
  const senders = Array.from({ length: plan.senders }, async (_, sender) => {
    const mine = [...plan.contactIds.entries()].filter(([index]) => index % plan.senders === sender);
    for (let number = 0; number < plan.sendsPerContact; number += 1) {
      for (const [index, contactId] of mine) {
        const operation = { contactId, number, text: textOf(index, number), requests: 0 };
        operations.push(operation);
        await sendOne(operation, plan, sender);
      }
    }
  });
  await Promise.all(senders);
  return operations;
}

async function sendOne(operation: Operation, plan: SendingPlan, sender: number): Promise<void> {
  const idempotencyKey = randomUUID();
  const end = performance.now() + plan.patienceMs;
  while (performance.now() < end) {
    const client = plan.clients[(sender + operation.requests) % plan.clients.length];
    operation.requests += 1;
    try {
      const sent = await client?.messages.send(operation.contactId, textContent(operation.text), {
        idempotencyKey,
      });
      if (sent) operation.messageId = sent.id;
      plan.onAnswered();
      return;
    } catch (error) {
      if (!OpenMessagingError.is(error) || !error.retryable) throw error;
      await delay(Math.random() * 200);
    }
  }
}
