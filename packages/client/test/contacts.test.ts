import {
  ConversationClosedError,
  fetchTransport,
  InvalidArgumentError,
  NotFoundError,
  OpenMessagingClient,
  PermissionError,
  RouteNotPublishedError,
} from "@quickcard/client";
import { genesysCloudRegions } from "@quickcard/client/genesys-cloud";
import { expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { failure } from "./fixtures/failure.ts";
import { contact, contactId, refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";

const base = "/api/v2/conversations/messaging/contacts";
const found = { status: 200, json: contact };

test("makes, reads, changes, closes, reopens and deletes a contact", async () => {
  await using api = await startContactsApi({
    answers: [{ status: 201, json: contact }, found, found, found, found, { status: 204 }],
  });
  const { contacts } = api.client();

  await expect(contacts.create({ channel: "web", displayName: "Ada" })).resolves.toEqual(contact);
  await contacts.get(contactId);
  await contacts.update(contactId, { displayName: "Ada L." });
  await contacts.close(contactId);
  await contacts.reopen(contactId);
  await expect(contacts.delete(contactId)).resolves.toBeUndefined();

  expect(api.apiRequests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    `POST ${base} {"channel":"web","displayName":"Ada"}`,
    `GET ${base}/${contactId} `,
    `PATCH ${base}/${contactId} {"displayName":"Ada L."}`,
    `PATCH ${base}/${contactId} {"state":"closed"}`,
    `PATCH ${base}/${contactId} {"state":"active"}`,
    `DELETE ${base}/${contactId} `,
  ]);
  expect(api.apiRequests[0]?.headers["idempotency-key"]).toMatch(/./);
});

test("lists contacts by state and channel, a page at a time or all", async () => {
  const page = (ids: string[], nextUri?: string) => ({
    status: 200,
    json: { entities: ids.map((id) => ({ ...contact, id })), pageSize: 2, nextUri },
  });
  await using api = await startContactsApi({
    answers: [page(["a"]), page(["a", "b"], `${base}?after=x%2By`), page(["c"])],
  });
  const { contacts } = api.client();

  await contacts.list({ state: "closed", channel: "web", pageSize: 2, after: "x+y" });
  const ids: string[] = [];
  for await (const { id } of contacts.listAll()) ids.push(id);

  expect(ids).toEqual(["a", "b", "c"]);
  expect(api.apiRequests.map(({ path }) => path)).toEqual([
    `${base}?state=closed&channel=web&pageSize=2&after=x%2By`,
    base,
    `${base}?after=x%2By`,
  ]);
});

test.each(["queued", "active"])("validates a contact whose conversation is %s", async (state) => {
  await using api = await startContactsApi({ answers: [{ status: 200, json: { ...contact, state } }] });

  await expect(api.client().contacts.validate(contactId)).resolves.toMatchObject({ id: contactId, state });
});

test.each([
  ["unknown", refusal(404, "not.found"), NotFoundError, {}],
  ["forbidden", refusal(403, "missing.scope"), PermissionError, { missingScope: "conversations:read" }],
  [
    "closed",
    { status: 200, json: { ...contact, state: "closed" } },
    ConversationClosedError,
    { fix: expect.stringContaining("reopen") },
  ],
])("says with a typed error that a contact is %s", async (_, answer, ErrorClass, facts) => {
  await using api = await startContactsApi({ answers: [answer] });

  const error = await failure(api.client().contacts.validate(contactId));

  expect(error).toBeInstanceOf(ErrorClass);
  expect(error).toMatchObject(facts);
});

test("takes a contact as deleted that is gone after the first answer was lost", async () => {
  await using api = await startContactsApi({ answers: [{ status: 502 }, refusal(404, "not.found")] });

  await expect(api.client().contacts.delete(contactId)).resolves.toBeUndefined();
});

test("says that a contact to delete was never there", async () => {
  await using api = await startContactsApi({ answers: [refusal(404, "not.found")] });

  await expect(api.client().contacts.delete(contactId)).rejects.toBeInstanceOf(NotFoundError);
});

const hostileIds = hasSharedData("vectors/contact-ids.json")
  ? readSharedJson<{ cases: { id: string }[] }>("vectors/contact-ids.json").cases.map(({ id }) => id)
  : [];

test("builds no URL from anything that is not an id", async () => {
  await using api = await startContactsApi({ answers: [found] });
  const { contacts, messages } = api.client();

  for (const id of [...hostileIds, "", "..", "x".repeat(129), undefined, null, 7, {}] as string[]) {
    const error = await failure(contacts.get(id)).catch(() => undefined);
    if (error) expect(error).toBeInstanceOf(InvalidArgumentError);
    else expect(api.apiRequests.at(-1)?.path).toBe(`${base}/${id}`);
    if (error) await expect(messages.get(contactId, id)).rejects.toMatchObject({ argument: "messageId" });
  }
  for (const { path } of api.apiRequests)
    expect(path).toMatch(/^\/api\/v2\/conversations\/messaging\/contacts\/[A-Za-z0-9_-]{1,128}$/);
});

test.each(Object.values(genesysCloudRegions))("knows the API of the region at %s", async (domain) => {
  const transport = fetchTransport(async () => Response.json({}, { status: 404 }));
  const at = (baseUrl: string) => new OpenMessagingClient({ baseUrl, token: "t", transport }).contacts;

  expect(await failure(at(`https://api.${domain}`).get(contactId))).toBeInstanceOf(RouteNotPublishedError);
  for (const host of [`apps.${domain}`, `api.${domain}.example.com`, `api.not-${domain}`])
    expect(await failure(at(`https://${host}`).get(contactId))).toBeInstanceOf(NotFoundError);
});

test("says that Genesys Cloud does not publish the route, and how to run what serves it", async () => {
  const transport = fetchTransport(async ({ url }) =>
    url.endsWith("/oauth/token")
      ? Response.json({ access_token: "t", expires_in: 60 })
      : Response.json({ message: "HTTP 404 Not Found", code: "not found", status: 404 }, { status: 404 }),
  );
  const genesysCloud = new OpenMessagingClient({ clientId: "a", clientSecret: "b", transport });
  const gateway = new OpenMessagingClient({ baseUrl: "https://gateway.example.com", token: "t", transport });

  const error = await failure(genesysCloud.contacts.validate(contactId));

  expect(error).toBeInstanceOf(RouteNotPublishedError);
  expect(error).not.toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({
    code: "route_not_published",
    message: expect.stringContaining("Genesys Cloud does not publish this route"),
    fix: expect.stringContaining("npx quickcard serve"),
  });
  await expect(gateway.contacts.validate(contactId)).rejects.toBeInstanceOf(NotFoundError);
});

test("asks what happened in conversations, again where the answer did not come", async () => {
  const result = { conversations: [{ conversationId: contact.conversationId }], totalHits: 1 };
  await using api = await startContactsApi({ answers: [{ status: 504 }, { status: 200, json: result }] });
  const query = { interval: "2026-10-01T00:00:00Z/2026-10-02T00:00:00Z" };

  await expect(api.client().analytics.queryConversations(query)).resolves.toEqual(result);

  const [request] = api.apiRequests;
  expect(`${request?.method} ${request?.path} ${request?.body}`).toBe(
    `POST /api/v2/analytics/conversations/details/query ${JSON.stringify(query)}`,
  );
});
