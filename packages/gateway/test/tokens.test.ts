import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const formEncoded = { "content-type": "application/x-www-form-urlencoded" };

function ask(parameters: Record<string, string> | string, headers: Record<string, string> = {}) {
  const body = typeof parameters === "string" ? parameters : new URLSearchParams(parameters).toString();
  return gateway.call("POST", "/oauth/token", { body, headers: { ...formEncoded, ...headers } });
}

async function confidential(scopes = ["messages:send", "conversations:read"], tokenLifetimeSeconds = 3600) {
  const { clientId, clientSecret = "" } = await gateway.clients.create({
    name: "test",
    scopes,
    tokenLifetimeSeconds,
  });
  return { client_id: clientId, client_secret: clientSecret };
}

test("gives a token for credentials in the body", async () => {
  const answer = await ask({ grant_type: "client_credentials", ...(await confidential()) });

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    access_token: expect.stringMatching(/^[\w-]{43}$/),
    token_type: "bearer",
    expires_in: 3600,
    scope: "messages:send conversations:read",
  });
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("gives a token for credentials by HTTP Basic", async () => {
  const { client_id, client_secret } = await confidential();
  const basic = Buffer.from(`${client_id}:${client_secret}`).toString("base64");

  const answer = await ask({ grant_type: "client_credentials" }, { authorization: `Basic ${basic}` });

  expect(answer.status).toBe(200);
});

test("refuses credentials that come both ways", async () => {
  const client = await confidential();
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString("base64");

  const answer = await ask(
    { grant_type: "client_credentials", ...client },
    { authorization: `Basic ${basic}` },
  );

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: "invalid_request" });
});

test("answers a wrong secret and an unknown client alike", async () => {
  const { client_id } = await confidential();

  const wrong = await ask({ grant_type: "client_credentials", client_id, client_secret: "wrong" });
  const unknown = await ask({ grant_type: "client_credentials", client_id: "no", client_secret: "wrong" });

  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(wrong.headers.get("www-authenticate")).toContain("Basic");
  const body = await wrong.json();
  expect(body).toMatchObject({ error: "invalid_client" });
  expect(await unknown.json()).toEqual(body);
});

test.each([
  ["grant_type=password", "unsupported_grant_type"],
  ["grant_type=__proto__", "unsupported_grant_type"],
  ["scope=messages:send", "invalid_request"],
  ["grant_type=client_credentials&scope=analytics:conversations:query", "invalid_scope"],
  ["grant_type=client_credentials&scope=root", "invalid_scope"],
  ["grant_type=client_credentials&grant_type=client_credentials", "invalid_request"],
  ["grant_type=authorization_code", "invalid_request"],
])("refuses %s with %s", async (parameters, error) => {
  const client = new URLSearchParams(await confidential()).toString();

  const answer = await ask(`${parameters}&${client}`);

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error, error_description: expect.any(String) });
});

test("narrows a token to the scopes that were asked for", async () => {
  const client = await confidential();

  const answer = await ask({ grant_type: "client_credentials", ...client, scope: "conversations:read" });

  expect(await answer.json()).toMatchObject({ scope: "conversations:read" });
});

test("tells a token that is missing, unknown or expired apart", async () => {
  const token = async (lifetime: number) => {
    const client = await confidential(["conversations:read"], lifetime);
    const answer = await ask({ grant_type: "client_credentials", ...client });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const code = async (bearer?: string) => {
    const answer = await gateway.call("GET", `${api}/contacts`, bearer ? { token: bearer } : {});
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  const short = await token(60);

  expect(await code()).toEqual([401, "authentication.required"]);
  expect(await code("unknown")).toEqual([401, "bad.credentials"]);
  expect(await code(short)).toEqual([200, undefined]);
  gateway.clock.aheadMs += 61_000;
  expect(await code(short)).toEqual([401, "credentials.expired"]);
});

test("names the scope that a token lacks and those it has", async () => {
  const token = await gateway.token("conversations:read");
  const { id } = await gateway.contact();

  const answer = await gateway.call("POST", `${api}/contacts/${id}/messages`, { token, body: {} });
  const { code, message } = (await answer.json()) as { code: string; message: string };

  expect([answer.status, code]).toEqual([403, "missing.scope"]);
  expect(message).toContain("messages:send");
  expect(message).toContain("conversations:read");
});

test("ends a revoked client's tokens and gives it no new ones", async () => {
  const client = await confidential(["conversations:read"]);
  const answer = await ask({ grant_type: "client_credentials", ...client });
  const { access_token } = (await answer.json()) as { access_token: string };

  await gateway.clients.revoke(client.client_id);

  expect((await gateway.call("GET", `${api}/contacts`, { token: access_token })).status).toBe(401);
  expect((await ask({ grant_type: "client_credentials", ...client })).status).toBe(401);
});

test("counts a token's requests and refuses those over the limit, with the time to wait", async () => {
  await using limited = await startGateway({ rateLimitPerMinute: 3 });
  const token = await limited.token();
  const other = await limited.token();
  const call = (as = token) => limited.call("GET", `${api}/contacts`, { token: as });

  const counts = [];
  for (let index = 0; index < 3; index += 1) counts.push((await call()).headers.get("inin-ratelimit-count"));
  const refused = await call();

  expect(counts).toEqual(["1", "2", "3"]);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: "too.many.requests", status: 429 });
  expect(refused.headers.get("inin-ratelimit-allowed")).toBe("3");
  const wait = Number(refused.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await call(other)).status).toBe(200);
  limited.clock.aheadMs += wait * 1000;
  expect((await call()).status).toBe(200);
});
