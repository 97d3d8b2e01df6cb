import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";
import { apiErrors } from "../src/http/api-error.ts";

interface Operation {
  operationId: string;
  security: { oauth: string[] }[];
  requestBody?: { content: Record<string, { example?: unknown; schema: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let gateway: TestGateway;
let document: Document;
beforeAll(async () => {
  gateway = await startGateway();
  document = (await (await gateway.call("GET", "/openapi.json")).json()) as Document;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

/** Checks values against a schema of the document. */
function checker() {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "openapi", ...document });
  return (schema: object, value: unknown) => {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object;
    const validate = ajv.compile(absolute);
    validate(value);
    return validate.errors ?? [];
  };
}

test("is a valid OpenAPI 3.1 document", async () => {
  const result = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );

  expect(result.errors ?? []).toEqual([]);
  expect(document.openapi).toMatch(/^3\.1/);
});

test("describes the whole contacts API", () => {
  const described = operations().map(({ method, path }) => `${method} ${path}`);

  expect(described).toEqual(
    expect.arrayContaining([
      "POST /oauth/token",
      "GET /oauth/authorize",
      `POST ${api}/contacts`,
      `GET ${api}/contacts`,
      `GET ${api}/contacts/{contactId}`,
      `PATCH ${api}/contacts/{contactId}`,
      `DELETE ${api}/contacts/{contactId}`,
      `POST ${api}/contacts/{contactId}/messages`,
      `GET ${api}/contacts/{contactId}/messages`,
      `GET ${api}/contacts/{contactId}/messages/{messageId}`,
      `DELETE ${api}/contacts/{contactId}/messages/{messageId}`,
      `POST ${api}/contacts/{contactId}/messages/{messageId}/cancel`,
      `GET ${api}/contacts/{contactId}/messages/{messageId}/media`,
      `POST ${api}/contacts/{contactId}/messages/{messageId}/retry`,
      `GET ${api}/messages`,
      `POST ${api}/messages/retry`,
      `POST ${api}/messages/drop`,
      `GET ${api}/events`,
      `POST ${api}/subscriptions`,
      `GET ${api}/subscriptions`,
      `GET ${api}/subscriptions/{subscriptionId}`,
      `PATCH ${api}/subscriptions/{subscriptionId}`,
      `DELETE ${api}/subscriptions/{subscriptionId}`,
      `POST ${api}/subscriptions/{subscriptionId}/rotate`,
      `POST ${api}/subscriptions/{subscriptionId}/test`,
      `POST ${api}/subscriptions/{subscriptionId}/replay`,
      "POST /api/v2/analytics/conversations/details/query",
      "GET /health/live",
      "GET /health/ready",
    ]),
  );
  expect(new Set(operations().map(({ operation }) => operation.operationId)).size).toBe(described.length);
});

test("gives examples that its own schemas accept", () => {
  const check = checker();
  for (const { operation } of operations()) {
    const body = operation.requestBody?.content["application/json"];
    if (body?.example !== undefined)
      expect(check(body.schema, body.example), operation.operationId).toEqual([]);
  }
});

test("describes the answers that are really given", async () => {
  const check = checker();
  const token = await gateway.token();
  const contact = await gateway.contact();
  const messages = `${api}/contacts/${contact.id}/messages`;
  const hello = { type: "message", content: { type: "text", text: "Hello" } };
  const sent = (await (await gateway.call("POST", messages, { token, body: hello })).json()) as {
    id: string;
  };
  await gateway.call("POST", `${new URL(contact.chatUrl).pathname}/messages`, {
    body: { clientMessageId: "1", text: "Hi" },
  });
  const subscriptions = `${api}/subscriptions`;
  const url = "https://webhooks.invalid/";
  const subscribed = await gateway.call("POST", subscriptions, { token, body: { url } });
  const { selfUri: subscription } = (await subscribed.json()) as { selfUri: string };
  const interval = `${new Date(Date.now() - 60_000).toISOString()}/${new Date(Date.now() + 60_000).toISOString()}`;
  const calls: [string, string, string, unknown?][] = [
    ["POST", `${api}/contacts`, `${api}/contacts`, { channel: "web" }],
    ["POST", `${api}/contacts`, `${api}/contacts`, { channel: 1 }],
    ["GET", `${api}/contacts`, `${api}/contacts?pageSize=1`],
    ["GET", `${api}/contacts`, `${api}/contacts?pageSize=x`],
    ["GET", `${api}/contacts/{contactId}`, `${api}/contacts/${contact.id}`],
    ["GET", `${api}/contacts/{contactId}`, `${api}/contacts/nobody`],
    ["PATCH", `${api}/contacts/{contactId}`, `${api}/contacts/${contact.id}`, { displayName: "Grace" }],
    ["POST", `${api}/contacts/{contactId}/messages`, messages, hello],
    ["POST", `${api}/contacts/{contactId}/messages`, messages, { type: "message" }],
    ["GET", `${api}/contacts/{contactId}/messages`, messages],
    ["GET", `${api}/contacts/{contactId}/messages/{messageId}`, `${messages}/${sent.id}`],
    [
      "POST",
      `${api}/contacts/{contactId}/messages`,
      messages,
      { ...hello, delivery: { mode: "at-most-once", sendAt: new Date(Date.now() + 60_000).toISOString() } },
    ],
    ["POST", `${api}/contacts/{contactId}/messages/{messageId}/retry`, `${messages}/${sent.id}/retry`],
    ["DELETE", `${api}/contacts/{contactId}/messages/{messageId}`, `${messages}/${sent.id}`],
    ["GET", `${api}/messages`, `${api}/messages?status=queued,sent,read`],
    ["GET", `${api}/messages`, `${api}/messages?status=lost`],
    ["POST", `${api}/messages/retry`, `${api}/messages/retry`, {}],
    ["POST", `${api}/messages/drop`, `${api}/messages/drop`, { statuses: [] }],
    ["POST", subscriptions, subscriptions, { url }],
    ["POST", subscriptions, subscriptions, { url: "https://localhost/" }],
    ["GET", subscriptions, subscriptions],
    ["GET", `${subscriptions}/{subscriptionId}`, subscription],
    ["PATCH", `${subscriptions}/{subscriptionId}`, subscription, { active: false }],
    ["POST", `${subscriptions}/{subscriptionId}/rotate`, `${subscription}/rotate`, {}],
    ["POST", `${subscriptions}/{subscriptionId}/test`, `${subscription}/test`],
    [
      "POST",
      `${subscriptions}/{subscriptionId}/replay`,
      `${subscription}/replay`,
      { from: "2026-01-01T00:00:00Z" },
    ],
    [
      "POST",
      "/api/v2/analytics/conversations/details/query",
      "/api/v2/analytics/conversations/details/query",
      { interval },
    ],
    ["GET", "/health/live", "/health/live"],
    ["GET", "/health/ready", "/health/ready"],
  ];
  for (const [method, pattern, path, body] of calls) {
    const answer = await gateway.call(method, path, { token, body });
    const value = await answer.json();
    const described = document.paths[pattern]?.[method.toLowerCase()]?.responses[String(answer.status)];
    const schema = described?.content?.["application/json"]?.schema;
    expect(schema, `${method} ${path} ${answer.status}`).toBeDefined();
    expect(check(schema ?? {}, value), `${method} ${path} ${answer.status}`).toEqual([]);
  }
});

test("requires on each operation the scope that the document names", async () => {
  const none = await gateway.token("analytics:conversations:query");
  for (const { method, path, operation } of operations()) {
    const scope = operation.security[0]?.oauth[0];
    if (!scope || scope === "analytics:conversations:query") continue;
    const answer = await gateway.call(method, path.replace("{contactId}", "x").replace("{messageId}", "x"), {
      token: none,
    });
    expect(answer.status, `${method} ${path}`).toBe(403);
    expect(((await answer.json()) as { message: string }).message).toContain(scope);
  }
});

test("queries conversations of an interval, and refuses what it cannot answer by name", async () => {
  await using fresh = await startGateway();
  const token = await fresh.token();
  const made = [await fresh.contact("Ada"), await fresh.contact("Grace")];
  const from = new Date(Date.now() - 60_000).toISOString();
  const to = new Date(Date.now() + 60_000).toISOString();
  const query = async (body: object) => {
    const answer = await fresh.call("POST", "/api/v2/analytics/conversations/details/query", { token, body });
    return {
      status: answer.status,
      body: (await answer.json()) as {
        conversations: { conversationId: string }[];
        totalHits: number;
        details: { fieldName: string }[];
      },
    };
  };

  const first = await query({ interval: `${from}/${to}`, paging: { pageSize: 1, pageNumber: 1 } });
  const byId = await query({
    interval: `${from}/${to}`,
    conversationFilters: [
      { type: "or", predicates: [{ dimension: "conversationId", value: made[1]?.conversationId }] },
    ],
  });
  const earlier = await query({ interval: `2020-01-01T00:00:00Z/2020-01-02T00:00:00Z` });
  const backwards = await query({ interval: `${to}/${from}` });
  const unknown = await query({ interval: `${from}/${to}`, aggregations: [] });

  expect(first.body.totalHits).toBe(2);
  expect(first.body.conversations.map((it) => it.conversationId)).toEqual([made[0]?.conversationId]);
  expect(byId.body.conversations.map((it) => it.conversationId)).toEqual([made[1]?.conversationId]);
  expect(earlier.body.totalHits).toBe(0);
  expect(backwards.body.details[0]?.fieldName).toBe("/interval");
  expect(unknown.body.details[0]?.fieldName).toBe("/aggregations");
});

test("has a paragraph in the documentation for every error code, and for no other", () => {
  const page = readFileSync(new URL("../../../docs/reference/api-errors.md", import.meta.url), "utf8");
  const documented = [...page.matchAll(/^## `([\w.]+)` \((\d+)\)$/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);

  expect(Object.fromEntries(documented)).toEqual(apiErrors);
  for (const section of page.split(/^## /m).slice(1)) {
    expect(section).toMatch(/Means: /);
    expect(section).toMatch(/Do: /);
  }
});
