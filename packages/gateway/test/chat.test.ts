import type { Event, InboundMessage, Message, OutboundMessage, Page } from "@quickcard/client";
import type { ChatEvents, ChatMessage, Timeline } from "@quickcard/web";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEventStream } from "../../../testing/read-event-stream.ts";
import { api, startGateway, type TestGateway, waitUntil } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** A contact with the customer's side of its chat. */
async function startChat() {
  const contact = await gateway.contact();
  const path = new URL(contact.chatUrl).pathname;
  const post = (route: string, body: unknown) => gateway.call("POST", `${path}/${route}`, { body });
  return {
    contact,
    path,
    send: async (content: object) => {
      const body = { type: "message", content };
      const answer = await gateway.call("POST", `${api}/contacts/${contact.id}/messages`, { token, body });
      const message = (await answer.json()) as OutboundMessage;
      await waitUntil(async () => (await status(message)) === "sent");
      return message;
    },
    timeline: async (query = "") =>
      (await (await gateway.call("GET", `${path}/timeline${query}`)).json()) as Timeline,
    write: (message: object) => post("messages", message),
    receipt: (kind: string, ...messageIds: string[]) => post("receipts", { status: kind, messageIds }),
    follow: async (after: string) =>
      readEventStream<ChatEvents[keyof ChatEvents]>(
        await gateway.call("GET", `${path}/events?after=${after}`),
      ),
  };
}

async function status(message: { selfUri: string }): Promise<string> {
  return ((await (await gateway.call("GET", message.selfUri, { token })).json()) as Message).status;
}

const menu = {
  type: "quick-reply",
  title: "Select a service department:",
  choices: [
    { label: "Sales", value: "dept_sales" },
    { label: "Support", value: "dept_support" },
  ],
};
const card = {
  title: "New Product Launch",
  defaultAction: { type: "postback", title: "Open", payload: "open_product" },
  actions: [
    { type: "postback", title: "Learn More", payload: "learn_more" },
    { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
  ],
};

test("shows a message on the page and returns the value of the tapped choice to the program", async () => {
  const chat = await startChat();
  const { id: messageId } = await chat.send(menu);
  await using events = readEventStream<Event>(await gateway.call("GET", `${api}/events`, { token }));
  await events.opened;

  const shown = await chat.timeline();
  const tapped = await chat.write({ clientMessageId: "1", tap: { messageId, choice: 0 } });
  const [event] = await events.take(1);

  expect(shown.messages).toEqual([
    expect.objectContaining({ id: messageId, direction: "outbound", content: menu, status: "sent" }),
  ]);
  expect(tapped.status).toBe(201);
  expect(event?.name).toBe("message.inbound");
  expect((event?.data as { message: InboundMessage } | undefined)?.message.content).toEqual({
    type: "tap",
    kind: "quick-reply",
    messageId,
    choice: 0,
    label: "Sales",
    value: "dept_sales",
  });
});

test.each([
  [{ type: "card", ...card }, { choice: 0 }, { label: "Learn More", value: "learn_more" }],
  [{ type: "card", ...card }, { choice: -1 }, { label: "Open", value: "open_product" }],
  [
    { type: "carousel", cards: [{ title: "First" }, card] },
    { card: 1, choice: 0 },
    { label: "Learn More", value: "learn_more" },
  ],
])("returns the payload of a tapped postback: %#", async (content, place, expected) => {
  const chat = await startChat();
  const { id: messageId } = await chat.send(content);

  await chat.write({ clientMessageId: "1", tap: { messageId, ...place } });
  const answer = await gateway.call("GET", `${api}/contacts/${chat.contact.id}/messages`, { token });
  const inbound = ((await answer.json()) as Page<Message>).entities.at(-1);

  expect(inbound?.content).toEqual({ type: "tap", kind: "postback", messageId, ...place, ...expected });
});

test.each([
  [{ choice: 2 }],
  [{ choice: -1 }],
  [{ card: 0, choice: 0 }],
  [{ messageId: "00000000-0000-4000-8000-000000000000", choice: 0 }],
])("refuses a tap on what is not there: %j", async (tap) => {
  const chat = await startChat();
  const { id: messageId } = await chat.send(menu);

  const answer = await chat.write({ clientMessageId: "1", tap: { messageId, ...tap } });

  expect(answer.status).toBe(400);
});

test("does not let a web link be tapped as a postback, nor another contact's message", async () => {
  const [chat, other] = [await startChat(), await startChat()];
  const { id: messageId } = await chat.send({ type: "card", ...card });

  const link = await chat.write({ clientMessageId: "1", tap: { messageId, choice: 1 } });
  const foreign = await other.write({ clientMessageId: "1", tap: { messageId, choice: 0 } });

  expect([link.status, foreign.status]).toEqual([400, 400]);
});

test("keeps a customer's message once however often the page sends it", async () => {
  const chat = await startChat();
  const send = () => chat.write({ clientMessageId: "same", text: "I have a question" });

  const answers = await Promise.all([send(), send(), send()]);
  const bodies = (await Promise.all(answers.map((it) => it.json()))) as ChatMessage[];

  expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
  expect((await chat.timeline()).messages).toHaveLength(1);
});

test("tells the page of messages, receipts and the end of the conversation, from any place on", async () => {
  const chat = await startChat();
  const { cursor } = await chat.timeline();
  const message = await chat.send(menu);
  await chat.receipt("read", message.id);
  await chat.write({ clientMessageId: "1", text: "Thanks" });
  await gateway.call("PATCH", `${api}/contacts/${chat.contact.id}`, { token, body: { state: "closed" } });

  await using events = await chat.follow(cursor);
  const all = await events.take(4);
  await using later = await chat.follow(all[1]?.id ?? "");

  expect(all.map(({ name }) => name)).toEqual(["message", "status", "message", "state"]);
  expect((await later.take(2)).map(({ id }) => id)).toEqual(all.slice(2).map(({ id }) => id));
  const refused = await chat.write({ clientMessageId: "2", text: "One more thing" });
  expect(refused.status).toBe(400);
});

test("moves a message on with receipts, and never back", async () => {
  const chat = await startChat();
  const message = await chat.send(menu);

  await chat.receipt("read", message.id);
  await chat.receipt("delivered", message.id);

  expect(await status(message)).toBe("read");
});

test("takes no receipt for another contact's message", async () => {
  const [chat, other] = [await startChat(), await startChat()];
  const message = await chat.send(menu);

  await other.receipt("read", message.id);

  expect(await status(message)).toBe("sent");
});

test("reads a long history backwards in parts, without gap or repeat", async () => {
  const chat = await startChat();
  for (let index = 0; index < 230; index += 1)
    await chat.write({ clientMessageId: `${index}`, text: `${index}` });

  const parts = [await chat.timeline()];
  while (parts[0]?.hasEarlier) parts.unshift(await chat.timeline(`?before=${parts[0].messages[0]?.id}`));

  const texts = parts.flatMap(({ messages }) =>
    messages.map(({ content }) => "text" in content && content.text),
  );
  expect(texts).toEqual(Array.from({ length: 230 }, (_, index) => `${index}`));
});

test("lets other sites read the chat, and refuses an unknown link", async () => {
  const chat = await startChat();

  const preflight = await gateway.call("OPTIONS", `${chat.path}/messages`, {
    headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
  });
  const read = await gateway.call("GET", `${chat.path}/timeline`);
  const unknown = await gateway.call("GET", "/chat/unknown/timeline");

  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  for (const answer of [preflight, read, unknown]) {
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  }
  expect(unknown.status).toBe(404);
});
