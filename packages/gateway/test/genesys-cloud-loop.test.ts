import { card } from "@quickcard/client";
import { customChannel, webChannel } from "@quickcard/gateway";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { describeOnEachStore, type StartLinked } from "./describe-on-each-store.ts";
import { meetCustomer, saidBy, untilShown } from "./meet-customer.ts";
import type { LinkedGateway } from "./start-linked-gateway.ts";

const ownChannel = {
  url: "http://127.0.0.1:1/never-called",
  secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
};

/** Posts what the program of a channel of one's own tells. */
async function tellFromOwnChannel({ client }: LinkedGateway, event: object): Promise<void> {
  const body = JSON.stringify(event);
  const at = new Date();
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(ownChannel.secret).sign("msg_1", at, body),
  };
  const answer = await fetch(`${client.baseUrl}/channels/custom/webhook`, { method: "POST", body, headers });
  expect(answer.ok).toBe(true);
}

describeOnEachStore(describeLoop);

function describeLoop(start: StartLinked): void {
  test("the whole loop: a customer, an agent, its bot and a program in one conversation, and nobody sees anything twice", async () => {
    await using linked = await start();
    const { agent, client, emulator } = linked;

    // The customer writes, and the agent reads it.
    const { customer, conversationId } = await meetCustomer(linked);
    expect(saidBy(linked, conversationId, "inbound").map(({ text }) => text)).toEqual(["Hello"]);

    // The agent's bot sends a carousel, and the customer taps.
    const cards = ["Red", "Blue"].map((title) => ({
      title,
      actions: [{ type: "Postback", text: `Take ${title}`, payload: `take-${title}` }],
    }));
    agent.sendAsBot(conversationId, {
      type: "Structured",
      content: [{ contentType: "Carousel", carousel: { cards } }],
    } as never);
    const [carousel] = await untilShown(customer, 1);
    expect(carousel?.content).toMatchObject({
      type: "carousel",
      cards: [{ title: "Red" }, { title: "Blue" }],
    });
    await customer.receipt("delivered", carousel?.id ?? "");
    await customer.tap(carousel?.id ?? "", 0, 1);

    // The agent sees the structured response, and that the carousel was delivered.
    const response = await waitUntil(async () =>
      saidBy(linked, conversationId, "inbound").find(({ type }) => type === "Structured"),
    );
    const origin = saidBy(linked, conversationId, "outbound")[0];
    expect(response).toMatchObject({
      content: [{ contentType: "ButtonResponse", buttonResponse: { type: "Button", payload: "take-Blue" } }],
    });
    await waitUntil(async () =>
      agent.messages(conversationId).some(({ id, receipts }) => id === origin?.id && receipts.length > 0),
    );

    // A program posts the tutorial's card; the customer sees the card, and the agent its text.
    await client.messages.send(
      customer.contactId,
      card({ title: "Running Shoes", subtitle: "Comfort", actions: [] }),
    );
    await untilShown(customer, 2);
    const text = await waitUntil(async () =>
      saidBy(linked, conversationId, "outbound").find((message) => message.text?.includes("Running Shoes")),
    );
    expect(text.text).toMatch(/^\[Card\] Running Shoes\nComfort\n\(quickcard [\w-]{22}\)$/);

    // An agent writes, the customer answers; then all is still.
    agent.send(conversationId, "Anything else?");
    await untilShown(customer, 3);
    await customer.write("No");
    await waitUntil(async () =>
      saidBy(linked, conversationId, "inbound").some((message) => message.text === "No"),
    );
    await emulator.settled();

    expect(
      (await customer.shown()).map(({ content }) => (content.type === "tap" ? "tap" : content.type)),
    ).toEqual(["text", "carousel", "tap", "card", "text", "text"]);
    expect(saidBy(linked, conversationId, "inbound")).toHaveLength(3);
    expect(saidBy(linked, conversationId, "outbound")).toHaveLength(3);
  });

  test("an agent's file is a picture, and what cannot be shown is told as Failed with the reason", async () => {
    await using linked = await start();
    const { customer, conversationId } = await meetCustomer(linked);

    linked.agent.sendFile(conversationId, { name: "a.png", data: new Uint8Array([1, 2, 3]) });
    const [picture] = await untilShown(customer, 1);
    expect(picture?.content).toMatchObject({
      type: "image",
      url: expect.stringContaining("/api/v2/downloads/"),
    });

    const { id } = linked.agent.sendAsBot(conversationId, {
      type: "Structured",
      content: [{ contentType: "Reactions", reactions: [{ count: 1 }] }],
    } as never);
    const failed = await waitUntil(async () =>
      linked.agent
        .messages(conversationId)
        .find((message) => message.id === id && message.status === "delivery-failed"),
    );
    expect(JSON.stringify(failed)).toContain("UnsupportedMessage");
  });

  test("ends and hand-overs of the conversation are the contact's state, and events", async () => {
    await using linked = await start();
    const customer = await linked.customer();
    const state = async () => (await linked.client.contacts.get(customer.contactId)).state;
    await customer.write("Hello");
    const conversationId = await waitUntil(async () => linked.conversation(customer.contactId));

    await waitUntil(async () => (await state()) === "queued");
    linked.agent.answer(conversationId);
    await waitUntil(async () => (await state()) === "active");
    linked.agent.disconnect(conversationId);
    await waitUntil(async () => (await state()) === "closed");

    const states: string[] = [];
    for await (const event of linked.client.events({ after: "0" })) {
      if (event.type === "conversation.state") states.push(event.state);
      if (states.at(-1) === "closed") break;
    }
    expect(states).toEqual(["active", "queued", "active", "closed"]);
  });

  test("a customer who writes after the agent has ended the conversation begins it again", async () => {
    await using linked = await start();
    const { customer, conversationId } = await meetCustomer(linked);
    linked.agent.disconnect(conversationId);
    await waitUntil(async () => (await linked.client.contacts.get(customer.contactId)).state === "closed");

    await customer.write("One more thing");

    const again = await waitUntil(async () => linked.conversation(customer.contactId));
    expect(saidBy(linked, again, "inbound").map(({ text }) => text)).toContain("One more thing");
    expect((await customer.shown()).map(({ content }) => "text" in content && content.text)).toEqual([
      "Hello",
      "One more thing",
    ]);
  });

  test("a picture from a channel of one's own is an attachment, and words where the platform refuses it", async () => {
    await using linked = await start({ channels: [webChannel, customChannel(ownChannel)] });
    const { emulator, agent } = linked;
    const picture = { type: "image", url: "https://media.example/cat.png?v=2", caption: "My cat" };
    const inbound = () => agent.conversations().flatMap(({ id }) => saidBy(linked, id, "inbound"));

    await tellFromOwnChannel(linked, { ...picture, id: "1", address: "ada" });
    const [first] = await waitUntil(async () => inbound().length === 1 && inbound());
    emulator.faults.add({
      on: "request",
      route: "POST /api/v2/conversations/messages/{integrationId}/inbound/open/message",
      kind: "status",
      status: 400,
      times: 1,
    });
    await tellFromOwnChannel(linked, { ...picture, id: "2", address: "ada" });
    const [, second] = await waitUntil(async () => inbound().length === 2 && inbound());

    const { type: _, caption: text, url } = picture;
    expect(first?.content).toEqual([
      { contentType: "Attachment", attachment: { mediaType: "Image", url, mime: "image/png", text } },
    ]);
    expect(first?.text).toBeUndefined();
    expect(second?.content).toBeUndefined();
    expect(second?.text).toBe(`${text}\n${url}`);
  });

  test("each sees the other type, and it is in no log", async () => {
    await using linked = await start();
    const { customer, conversationId } = await meetCustomer(linked);
    const untold = await linked.customer("Bob");
    const enough = new AbortController();
    const heard = customer.events(enough.signal);
    await heard.next();

    await customer.type();
    await untold.type();
    const typed = () =>
      linked.emulator.wireLog.after(0).filter(({ url }) => url.endsWith("/inbound/open/event"));
    const told = await waitUntil(async () => typed()[0]);
    linked.agent.typing(conversationId, 3000);
    const { value } = await heard.next();
    enough.abort();

    expect(told).toMatchObject({ status: 200, requestBody: expect.stringContaining(customer.contactId) });
    expect(value).toBe('event: typing\ndata: {"durationMs":3000}\n\n');
    // Nobody is there to see the other customer type.
    expect(typed()).toHaveLength(1);
  });

  test("closing a contact ends the conversation in Genesys Cloud, and so does deleting it", async () => {
    await using linked = await start();
    const [one, other] = [await meetCustomer(linked), await meetCustomer(linked)];

    await linked.client.contacts.close(one.customer.contactId);
    await linked.client.contacts.delete(other.customer.contactId);

    await waitUntil(async () => linked.agent.conversations().length === 0);
  });

  test("a tap on a program's own message is told to agents as its words", async () => {
    await using linked = await start();
    const { customer, conversationId } = await meetCustomer(linked);
    await linked.client.messages.send(customer.contactId, {
      type: "quick-reply",
      title: "Size?",
      choices: [{ label: "Small", value: "s" }],
    });
    const [menu] = await untilShown(customer, 1);

    await customer.tap(menu?.id ?? "", 0);

    await waitUntil(async () =>
      saidBy(linked, conversationId, "inbound").some(({ text }) => text === "Small"),
    );
  });
}
