import { OpenMessagingClient, quickReply, text } from "@quickcard/client";

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();

const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });
await client.messages.send(
  contact.id,
  quickReply("How can we help you today?", [
    { label: "Billing", value: "billing_inquiry" },
    { label: "Technical Support", value: "tech_support" },
    { label: "Speak to Agent", value: "transfer_to_agent" },
  ]),
);
console.log(`The customer's page: ${contact.chatUrl}`);
console.log("Open it and tap a choice.");

for await (const event of client.events()) {
  if (event.type !== "message.inbound" || event.contactId !== contact.id) continue;
  const { content } = event.message;
  if (content.type === "text") console.log(`The customer wrote: ${content.text}`);
  if (content.type !== "tap") continue;
  console.log(`The customer tapped "${content.label}", which returns ${content.value}`);
  await client.messages.send(contact.id, text(`Thank you. ${content.label} will be with you soon.`));
  break;
}
await client.close();
