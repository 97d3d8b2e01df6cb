import { createHmac } from "node:crypto";
import { createWhatsApp, startStandIn } from "@quickcard/emulator/vendors";
import { webChannel, whatsAppChannel } from "@quickcard/gateway";
import { expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { type LinkedGateway, startLinkedGateway, type TestIntegration } from "./start-linked-gateway.ts";

/** One gateway, the middleware of two integrations: a customer on its page is one's, a customer on WhatsApp the other's. */
async function meet() {
  const meta = { accessToken: "token", appSecret: "secret" };
  const standIn = createWhatsApp(meta);
  const { phoneNumberId } = standIn;
  const vendor = await startStandIn(standIn);
  const port = await freePort();
  const adapter = whatsAppChannel({ ...meta, phoneNumberId, verifyToken: "verify", baseUrl: vendor.url });
  const linked = await startLinkedGateway({
    port,
    channels: [webChannel, adapter],
    integrations: [{ name: "Shop" }, { name: "Service", channels: ["whatsapp"] }],
  });
  await standIn.subscribe({
    url: `http://127.0.0.1:${port}/channels/whatsapp/webhook`,
    verifyToken: "verify",
  });
  const [shop, service] = linked.integrations as [TestIntegration, TestIntegration];
  const ada = await linked.customer("Ada");
  const bob = standIn.customer("4915112345678", "Bob");
  await ada.write("I am Ada");
  bob.type("I am Bob");
  const bobsContact = await waitUntil(async () =>
    (await linked.client.contacts.list()).entities.find(({ channel }) => channel === "whatsapp"),
  );
  const conversationOf = (contactId: string) => waitUntil(async () => linked.conversation(contactId));
  return {
    linked,
    shop: { ...shop, contactId: ada.contactId, conversationId: await conversationOf(ada.contactId) },
    service: { ...service, contactId: bobsContact.id, conversationId: await conversationOf(bobsContact.id) },
    shownToAda: async () =>
      (await ada.shown()).flatMap(({ direction, content }) =>
        direction === "outbound" && content.type === "text" ? [content.text] : [],
      ),
    shownToBob: async () => standIn.received().flatMap(({ shown }) => shown.texts),
    async [Symbol.asyncDispose]() {
      await vendor.close();
      await linked[Symbol.asyncDispose]();
    },
  };
}

type World = Awaited<ReturnType<typeof meet>>;

const said = ({ agent }: LinkedGateway, conversationId: string) =>
  agent.messages(conversationId).map(({ normalizedMessage }) => normalizedMessage.text?.split("\n")[0]);

/** Posts what looks like an integration's webhook, to a customer, signed with some secret. */
async function forge({ linked }: World, integrationId: string, to: string, secret: string) {
  const body = JSON.stringify({
    id: `forged-${integrationId}-${to}`,
    channel: { id: integrationId, to: { id: to }, from: { id: integrationId } },
    type: "Text",
    text: "Forged",
    direction: "Outbound",
  });
  const signature = createHmac("sha256", secret).update(body).digest("base64");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  const url = `${linked.client.baseUrl}/genesys-cloud/webhook`;
  return (await fetch(url, { method: "POST", headers, body })).status;
}

test("what is said by one integration stays with its customers, and its echoes with it", async () => {
  await using world = await meet();
  const { linked, shop, service } = world;
  for (const { conversationId } of [shop, service]) linked.agent.answer(conversationId);

  linked.agent.send(shop.conversationId, "Hello Ada");
  linked.agent.send(service.conversationId, "Hello Bob");
  await linked.client.messages.send(shop.contactId, { type: "text", text: "A program to Ada" });
  await linked.client.messages.send(service.contactId, { type: "text", text: "A program to Bob" });
  await waitUntil(async () => said(linked, shop.conversationId).includes("A program to Ada"));
  await waitUntil(async () => said(linked, service.conversationId).includes("A program to Bob"));
  await linked.emulator.settled();
  // A later one has come: what could come twice has come before it.
  linked.agent.send(shop.conversationId, "Bye Ada");
  linked.agent.send(service.conversationId, "Bye Bob");
  await waitUntil(async () => (await world.shownToAda()).includes("Bye Ada"));
  await waitUntil(async () => (await world.shownToBob()).includes("Bye Bob"));

  expect(new Set(await world.shownToAda())).toEqual(new Set(["Hello Ada", "A program to Ada", "Bye Ada"]));
  expect(await world.shownToAda()).toHaveLength(3);
  expect(new Set(await world.shownToBob())).toEqual(new Set(["Hello Bob", "A program to Bob", "Bye Bob"]));
  expect(await world.shownToBob()).toHaveLength(3);
  for (const { id, conversationId } of [shop, service]) {
    const messages = linked.agent.messages(conversationId);
    expect(messages.map(({ integrationId }) => integrationId)).toEqual(messages.map(() => id));
  }
});

test("a webhook that is signed with the other integration's secret is refused", async () => {
  await using world = await meet();
  const { shop, service } = world;

  expect(await forge(world, shop.id, shop.contactId, service.webhookSecrets[0])).toBe(401);
  expect(await forge(world, service.id, service.contactId, shop.webhookSecrets[0])).toBe(401);

  expect([...(await world.shownToAda()), ...(await world.shownToBob())]).toEqual([]);
});

test("a message of one integration to the other's customer is not shown, and told as Failed", async () => {
  await using world = await meet();
  const { linked, shop, service } = world;

  expect(await forge(world, service.id, shop.contactId, service.webhookSecrets[0])).toBe(200);
  linked.agent.send(shop.conversationId, "Hello Ada");
  await waitUntil(async () => (await world.shownToAda()).includes("Hello Ada"));

  expect(await world.shownToAda()).toEqual(["Hello Ada"]);
  const receipts = () => linked.emulator.wireLog.after(0).filter(({ url }) => url.endsWith("/receipt"));
  const told = await waitUntil(async () =>
    receipts().find(({ requestBody }) => requestBody?.includes("forged")),
  );
  expect(told).toMatchObject({
    url: expect.stringContaining(service.id),
    requestBody: expect.stringContaining("InvalidDestination"),
  });
});
