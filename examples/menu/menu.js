import { OpenMessagingClient, quickReply, text } from "@quickcard/client";

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();

/** What each choice leads to: an answer, or another menu. */
const menus = {
  start: quickReply("How can we help you today?", [
    { label: "Billing", value: "billing" },
    { label: "Opening hours", value: "hours" },
    { label: "Speak to an agent", value: "agent" },
  ]),
  billing: quickReply("What about your bill?", [
    { label: "It is too high", value: "bill_too_high" },
    { label: "I cannot find it", value: "bill_missing" },
    { label: "Back", value: "start" },
  ]),
};

/** @type {Record<string, string>} */
const answers = {
  hours: "We are open from 9 to 17, Monday to Friday.",
  agent: "One moment: an agent will be with you.",
  bill_too_high: "We will look at it, and write to you today.",
  bill_missing: "It is in your account, under Documents.",
};

const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });
await client.messages.send(contact.id, menus.start);
console.log(`The customer's page: ${contact.chatUrl}`);

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

await client.listen({
  signal: stop.signal,
  onTap: async ({ value, label }, { contactId }) => {
    console.log(`Tapped "${label}", which returns ${value}`);
    const menu = value === "start" || value === "billing" ? menus[value] : undefined;
    await client.messages.send(contactId, menu ?? text(answers[value] ?? "Sorry, that choice is gone."));
  },
  // Whoever writes instead of tapping is shown the menu.
  onMessage: async (_content, { contactId }) => {
    await client.messages.send(contactId, menus.start);
  },
  onError: (error, { id }) => console.error(`Event ${id} failed:`, error),
});
await client.close();
