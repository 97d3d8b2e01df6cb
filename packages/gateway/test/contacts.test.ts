import type { Contact, ErrorBody, Page } from "@quickcard/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const read = async <Body>(answer: Promise<Response>): Promise<[number, Body]> => {
  const { status, body } = await answer.then(async (it) => ({ status: it.status, body: await it.json() }));
  return [status, body as Body];
};

test("makes a contact with a conversation of its own and a page for the customer", async () => {
  const body = { channel: "web", displayName: "Ada", attributes: { plan: "gold" } };

  const answer = await gateway.call("POST", `${api}/contacts`, { token, body });
  const contact = (await answer.json()) as Contact;

  expect(answer.status).toBe(201);
  expect(contact).toMatchObject({ ...body, state: "active" });
  expect(contact.conversationId).not.toBe(contact.id);
  expect(contact.chatUrl).toMatch(/^http:\/\/gateway\.test\/chat\/[\w-]{43}$/);
  expect(answer.headers.get("location")).toBe(contact.selfUri);
});

test("shows the customer's link only to tokens that may write as us", async () => {
  const { id } = await gateway.contact();

  const asReader = await gateway.call("GET", `${api}/contacts/${id}`, {
    token: await gateway.token("conversations:read"),
  });
  const asWriter = await gateway.call("GET", `${api}/contacts/${id}`, { token });

  expect(await asReader.json()).not.toHaveProperty("chatUrl");
  expect(await asWriter.json()).toHaveProperty("chatUrl");
});

test("lists contacts newest first, page by page, each once", async () => {
  await using fresh = await startGateway();
  const writer = await fresh.token();
  const made = [];
  for (const name of ["1", "2", "3", "4", "5"]) made.unshift((await fresh.contact(name)).id);

  const seen: string[] = [];
  let next: string | undefined = `${api}/contacts?pageSize=2`;
  while (next) {
    const answer = await fresh.call("GET", next, { token: writer });
    const page = (await answer.json()) as Page<Contact>;
    expect(page.pageSize).toBe(2);
    seen.push(...page.entities.map(({ id }) => id));
    next = page.nextUri;
  }

  expect(seen).toEqual(made);
});

test("filters the list by state and keeps the filter on the next page", async () => {
  await using fresh = await startGateway();
  const writer = await fresh.token();
  const closed = [];
  for (const name of ["a", "b", "c"]) {
    const { id } = await fresh.contact(name);
    await fresh.call("PATCH", `${api}/contacts/${id}`, { token: writer, body: { state: "closed" } });
    closed.push(id);
    await fresh.contact(`${name} stays`);
  }

  const first = await fresh.call("GET", `${api}/contacts?state=closed&pageSize=2`, { token: writer });
  const page = (await first.json()) as Page<Contact>;
  const second = await fresh.call("GET", page.nextUri ?? "", { token: writer });
  const rest = (await second.json()) as Page<Contact>;

  expect([...page.entities, ...rest.entities].map(({ id }) => id)).toEqual(closed.reverse());
});

test("tells a conversation's id from a contact's and names the contact", async () => {
  const contact = await gateway.contact();

  const [status, body] = await read<ErrorBody>(
    gateway.call("GET", `${api}/contacts/${contact.conversationId}`, { token }),
  );

  expect(status).toBe(404);
  expect(body).toMatchObject({ code: "not.found", status: 404 });
  expect(body.message).toContain(contact.id);
});

test("closes and reopens a conversation, and refuses messages in between", async () => {
  const { id } = await gateway.contact();
  const send = () =>
    gateway.call("POST", `${api}/contacts/${id}/messages`, {
      token,
      body: { type: "message", content: { type: "text", text: "Hello" } },
    });

  await gateway.call("PATCH", `${api}/contacts/${id}`, { token, body: { state: "closed" } });
  const [refused, body] = await read<ErrorBody>(send());
  await gateway.call("PATCH", `${api}/contacts/${id}`, { token, body: { state: "active" } });
  const accepted = await send();

  expect([refused, body.code]).toEqual([400, "conversation.closed"]);
  expect(accepted.status).toBe(201);
});

test("forgets a deleted contact, its messages and its page", async () => {
  const contact = await gateway.contact();
  const path = `${api}/contacts/${contact.id}`;
  const chat = new URL(contact.chatUrl).pathname;

  const deleted = await gateway.call("DELETE", path, { token });

  expect(deleted.status).toBe(204);
  for (const gone of [path, `${path}/messages`, `${chat}/timeline`]) {
    expect((await gateway.call("GET", gone, { token })).status).toBe(404);
  }
  const send = await gateway.call("POST", `${path}/messages`, {
    token,
    body: { type: "message", content: { type: "text", text: "Hello" } },
  });
  expect(send.status).toBe(404);
});

test.each([
  [{}, "/channel", "required.fields.missing"],
  [{ channel: "pigeon" }, "/channel", "invalid.value"],
  [{ channel: "web", colour: "red" }, "/colour", "bad.request"],
  [{ channel: "web", displayName: "" }, "/displayName", "invalid.value"],
  [{ channel: "web", attributes: { plan: 1 } }, "/attributes/plan", "invalid.value"],
  [[], "", "invalid.value"],
])("refuses %j and points at %s", async (body, pointer, code) => {
  const [status, error] = await read<ErrorBody>(gateway.call("POST", `${api}/contacts`, { token, body }));

  expect(status).toBe(400);
  expect(error.details).toContainEqual(expect.objectContaining({ fieldName: pointer, errorCode: code }));
});

test.each([
  ["pageSize=0", "pageSize"],
  ["pageSize=101", "pageSize"],
  ["pageSize=ten", "pageSize"],
  ["after=nonsense", "after"],
  ["state=open", "state"],
  ["colour=red", "colour"],
])("refuses the parameter %s by name", async (query, name) => {
  const [status, error] = await read<ErrorBody>(gateway.call("GET", `${api}/contacts?${query}`, { token }));

  expect(status).toBe(400);
  expect(error.details[0]?.fieldName).toBe(name);
});
