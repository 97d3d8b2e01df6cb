import { createWhatsApp, startStandIn } from "@quickcard/emulator/vendors";
import { webChannel, whatsAppChannel } from "@quickcard/gateway";
import { expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { startLinkedGateway } from "./start-linked-gateway.ts";

/** How far the clocks of both ends are from the gateway's, in milliseconds. */
interface Clocks {
  vendor: number;
  adapter: number;
}

/** A customer on WhatsApp, and Genesys Cloud's agent, with the gateway between them. */
async function meet(clocks: Clocks = { vendor: 0, adapter: 0 }) {
  const meta = { accessToken: "token", appSecret: "secret" };
  const standIn = createWhatsApp({ ...meta, now: () => Date.now() + clocks.vendor });
  const { phoneNumberId } = standIn;
  const vendor = await startStandIn(standIn);
  const port = await freePort();
  const adapter = whatsAppChannel({
    ...meta,
    phoneNumberId,
    verifyToken: "verify",
    baseUrl: vendor.url,
    now: () => Date.now() + clocks.adapter,
  });
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

test("a place that a customer sends reaches the agent as a link to a map, without an exponent close to the equator", async () => {
  await using world = await meet();
  const { linked, customer, conversationId } = world;

  customer.sendLocation({ latitude: 1e-9, longitude: -51.2 });

  const place = await waitUntil(async () =>
    linked.agent
      .messages(conversationId)
      .find(({ normalizedMessage }) => normalizedMessage.text?.startsWith("https://")),
  );
  expect(new URL(place.normalizedMessage.text ?? "").searchParams.get("query")).toBe("0,-51.2");
});

const minute = 60_000;
const day = 24 * 60 * minute;

type World = Awaited<ReturnType<typeof meet>>;

/** What Genesys Cloud was told of the agent's message, once it was told that it failed. */
function toldFailed({ linked, conversationId }: World, id: string): Promise<string> {
  return waitUntil(async () => {
    const said = linked.agent.messages(conversationId).find((message) => message.id === id);
    return said?.status === "delivery-failed" ? JSON.stringify(said) : undefined;
  });
}

/** Customer and agent go on, and each sees what the other says. */
async function expectToGoOn({ linked, standIn, customer, conversationId }: World): Promise<void> {
  customer.type("Are you still there?");
  await waitUntil(async () =>
    linked.agent
      .messages(conversationId)
      .some(({ normalizedMessage }) => normalizedMessage.text === "Are you still there?"),
  );
  const { id } = linked.agent.send(conversationId, "I am.");
  await waitUntil(async () =>
    linked.agent.messages(conversationId).some((message) => message.id === id && message.receipts.length > 0),
  );
  expect(standIn.received().map(({ shown }) => shown.texts)).toEqual([["I am."]]);
}

test("an agent who writes after WhatsApp's window has closed is told so, and goes on once the customer writes", async () => {
  // The customer's first word was a day ago.
  const clocks = { vendor: -day - minute, adapter: 0 };
  await using world = await meet(clocks);
  const { id } = world.linked.agent.send(world.conversationId, "Good morning!");

  expect(await toldFailed(world, id)).toContain("has not written on WhatsApp for 24 hours");
  expect(world.standIn.received()).toEqual([]);
  clocks.vendor = 0;
  await expectToGoOn(world);
});

test("an agent's message whose window closes while it waits fails with the reason, and the next one goes out", async () => {
  const clocks = { vendor: -day + 10 * minute, adapter: 0 };
  await using world = await meet(clocks);
  const { linked, standIn, contact, conversationId } = world;
  const outbound = async () =>
    (await linked.client.messages.list(contact.id)).entities.find(
      ({ direction }) => direction === "outbound",
    );

  standIn.fault("rate-limit");
  const { id } = linked.agent.send(conversationId, "Good morning!");
  await waitUntil(async () => (await outbound())?.status === "retry_wait");
  clocks.adapter = 11 * minute;

  expect(await toldFailed(world, id)).toContain("channel.window.closed");
  expect(await outbound()).toMatchObject({ status: "failed" });
  expect(standIn.received()).toEqual([]);
  clocks.vendor = 0;
  await expectToGoOn(world);
});
