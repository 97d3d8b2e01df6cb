import { createWhatsApp, startStandIn } from "@quickcard/emulator/vendors";
import { webChannel, whatsAppChannel } from "@quickcard/gateway";
import { expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { startLinkedGateway } from "./start-linked-gateway.ts";

/** A customer on WhatsApp, and Genesys Cloud's agent, with the gateway between them. */
async function meet() {
  const meta = { accessToken: "token", appSecret: "secret" };
  const standIn = createWhatsApp(meta);
  const { phoneNumberId } = standIn;
  const vendor = await startStandIn(standIn);
  const port = await freePort();
  const adapter = whatsAppChannel({ ...meta, phoneNumberId, verifyToken: "verify", baseUrl: vendor.url });
  const linked = await startLinkedGateway({ port, channels: [webChannel, adapter] });
  await standIn.subscribe({
    url: `http://127.0.0.1:${port}/channels/whatsapp/webhook`,
    verifyToken: "verify",
  });
  const customer = standIn.customer("4915112345678", "Ada");
  customer.type("Hello");
  const contact = await waitUntil(async () => (await linked.client.contacts.list()).entities[0]);
  const conversationId = await waitUntil(async () => linked.conversation(contact.id));
  linked.agent.answer(conversationId);
  return {
    linked,
    standIn,
    customer,
    conversationId,
    contact,
    async [Symbol.asyncDispose]() {
      await vendor.close();
      await linked[Symbol.asyncDispose]();
    },
  };
}

test("a bot's menu goes to WhatsApp as WhatsApp can show it, and what the customer taps comes back", async () => {
  await using world = await meet();
  const { linked, standIn, customer, conversationId, contact } = world;
  const content = Array.from({ length: 12 }, (_, n) => ({
    contentType: "QuickReply",
    quickReply: { text: `Department ${n}`, payload: `department_${n}`, action: "Message" },
  }));

  linked.agent.sendAsBot(conversationId, { type: "Structured", text: "Which?", content } as never);
  await waitUntil(async () => standIn.received().length > 0);
  const texts = standIn.received().flatMap(({ shown }) => shown.texts);
  // A list of WhatsApp's has ten rows. A bot of the platform's cannot ask for strictness, and is never refused for this.
  expect(texts.join("\n")).toContain("Department 11");
  customer.type("12");

  const answer = await waitUntil(async () =>
    linked.agent
      .messages(conversationId)
      .find((said) => said.direction === "inbound" && said.normalizedMessage.type === "Structured"),
  );
  expect(JSON.stringify(answer)).toContain("department_11");
  const [menu] = (await linked.client.messages.list(contact.id)).entities.filter(
    ({ direction }) => direction === "outbound",
  );
  expect(menu).toMatchObject({ notices: [{ code: "qr_to_numbered_text" }] });
});

test("what WhatsApp could not deliver after all is told to Genesys Cloud as Failed", async () => {
  await using world = await meet();
  const { linked, standIn, conversationId } = world;
  standIn.fault("fail-later");

  const { id } = linked.agent.send(conversationId, "Your picture is on its way.");

  const failed = await waitUntil(async () =>
    linked.agent
      .messages(conversationId)
      .find((message) => message.id === id && message.status === "delivery-failed"),
  );
  expect(JSON.stringify(failed)).toContain("131053");
});
