import { quickReply } from "@quickcard/client";

/**
 * Greets a customer: what a program of yours does, and what its test is about.
 *
 * @param {import("@quickcard/client").OpenMessagingClient} client
 * @param {string} contactId
 */
export async function greet(client, contactId) {
  const { displayName = "there" } = await client.contacts.validate(contactId);
  const choices = [
    { label: "An order", value: "order" },
    { label: "Something else", value: "other" },
  ];
  return client.messages.send(contactId, quickReply(`Hello ${displayName}! What is it about?`, choices));
}
