import { waitUntil } from "../../../testing/start-gateway.ts";
import type { Customer, LinkedGateway } from "./start-linked-gateway.ts";

/** A customer writes, and an agent takes the conversation. */
export async function meetCustomer(
  linked: LinkedGateway,
): Promise<{ customer: Customer; conversationId: string }> {
  const customer = await linked.customer();
  await customer.write("Hello");
  const conversationId = await waitUntil(async () => linked.conversation(customer.contactId));
  linked.agent.answer(conversationId);
  return { customer, conversationId };
}

/** What was said in a conversation, as agents see it. */
export const saidBy = (linked: LinkedGateway, conversationId: string, direction: "inbound" | "outbound") =>
  linked.agent
    .messages(conversationId)
    .filter((message) => message.direction === direction)
    .map(({ normalizedMessage }) => normalizedMessage);

/** What a customer sees of the other side, once there is so much of it. */
export const untilShown = (customer: Customer, count: number) =>
  waitUntil(async () => {
    const outbound = (await customer.shown()).filter(({ direction }) => direction === "outbound");
    return outbound.length >= count && outbound;
  });
