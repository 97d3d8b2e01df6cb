import { finishLogin, OpenMessagingClient, startLogin } from "@quickcard/client";
import { expect, test } from "vitest";
import { tokenEndpoint } from "../src/tokens/token-endpoint.ts";
import { lifetimeMs, usableForMs } from "../src/tokens/token-lifetime.ts";
import { isToken } from "../src/tokens/token-text.ts";
import { failure } from "./fixtures/failure.ts";
import { contact, contactId, startContactsApi } from "./fixtures/start-contacts-api.ts";

const found = { status: 200, json: contact };
const waits = /wait and try again/;
const credentialsFix = /^Check GENESYS_CLIENT_ID/;
const addressFix = /no token endpoint at this address/;
const loginFix = /start the login again/;

test.each([
  [400, "invalid_client", "authentication_failed", false, credentialsFix],
  [400, "invalid_request", "authentication_failed", false, credentialsFix],
  [400, "invalid_grant", "authentication_failed", false, loginFix],
  [400, "unauthorized_client", "authentication_failed", false, credentialsFix],
  [400, "unsupported_grant_type", "authentication_failed", false, credentialsFix],
  [400, "invalid_scope", "authentication_failed", false, credentialsFix],
  [401, undefined, "authentication_failed", false, credentialsFix],
  [404, undefined, "api_error", false, addressFix],
  [405, undefined, "api_error", false, addressFix],
  [408, undefined, "api_error", true, waits],
  [429, undefined, "rate_limited", true, waits],
  [500, undefined, "api_error", true, waits],
  [501, undefined, "api_error", false, addressFix],
  [502, undefined, "api_error", true, waits],
  [503, undefined, "api_error", true, waits],
  [504, undefined, "api_error", true, waits],
])("a token endpoint's %s %s is %s, retryable: %s", async (status, error, code, retryable, fix) => {
  await using api = await startContactsApi({ answers: [found], tokenAnswers: [{ status, json: { error } }] });

  const told = await failure(api.client({ maxAttempts: 1 }).contacts.get(contactId));

  const shown = error ? ` (${error})` : "";
  expect(told).toMatchObject({ code, retryable, status, fate: "not_sent", fix: expect.stringMatching(fix) });
  expect(told.message).toBe(`No token: POST /oauth/token was answered with ${status}${shown}`);
});

test.each([["no code of OAuth"], [7], [null]])(
  "an error that is no code of OAuth, %j, is not shown",
  async (error) => {
    await using api = await startContactsApi({ tokenAnswers: [{ status: 400, json: { error } }] });

    const { message } = await failure(api.client().contacts.get(contactId));

    expect(message).toBe("No token: POST /oauth/token was answered with 400");
  },
);

test.each([
  [{}],
  [{ access_token: 7 }],
  [{ access_token: "" }],
  [{ access_token: "two words" }],
  [{ token: "t" }],
])("an answer without a token, %j, is none", async (json) => {
  await using api = await startContactsApi({ answers: [found], tokenAnswers: [{ status: 200, json }] });

  const error = await failure(api.client({ maxAttempts: 1 }).contacts.get(contactId));

  expect(error).toMatchObject({
    code: "unreadable_answer",
    fate: "not_sent",
    message: "No token: POST /oauth/token was answered without a usable access_token",
    fix: expect.stringContaining("not OAuth 2.0"),
  });
  expect(api.apiRequests).toEqual([]);
});

test.each([
  [3600, 3_600_000, 3_540_000],
  ["3600", 3_600_000, 3_540_000],
  ["60", 60_000, 30_000],
  [120, 120_000, 60_000],
  [1, 1000, 500],
  [172_801, 172_800_000, 172_740_000],
  // What says nothing usable comes to five minutes.
  [0, 300_000, 240_000],
  [-1, 300_000, 240_000],
  ["", 300_000, 240_000],
  ["x60", 300_000, 240_000],
  ["60 s", 300_000, 240_000],
  ["-5", 300_000, 240_000],
  [true, 300_000, 240_000],
  [[60], 300_000, 240_000],
  [null, 300_000, 240_000],
  [undefined, 300_000, 240_000],
  [Number.POSITIVE_INFINITY, 300_000, 240_000],
])("a token with `expires_in` %j lives %i ms and is used for %i", (expiresIn, lifeMs, usableMs) => {
  expect([lifetimeMs(expiresIn), usableForMs(expiresIn)]).toEqual([lifeMs, usableMs]);
});

test.each([
  ["t", true],
  ["x".repeat(8192), true],
  ["x".repeat(8193), false],
  ["", false],
  ["two words", false],
  [" t", false],
  ["t\n", false],
  ["é", false],
  [7, false],
])("whether %j can stand in a header: %s", (value, can) => {
  expect(isToken(value)).toBe(can);
});

test("Genesys Cloud's token endpoint is at its login host and takes Basic, a gateway's takes the body; both can be told otherwise", () => {
  const genesysCloud = "https://api.mypurecloud.de";
  const gateway = "http://127.0.0.1:8080";

  expect(tokenEndpoint(genesysCloud, undefined)).toMatchObject({ authentication: "basic" });
  expect(tokenEndpoint(genesysCloud, "body")).toMatchObject({ authentication: "body" });
  expect(tokenEndpoint(gateway, undefined)).toMatchObject({ authentication: "body" });
  expect(tokenEndpoint(gateway, "basic")).toMatchObject({ authentication: "basic" });
  expect(tokenEndpoint(genesysCloud, undefined).url).toBe("https://login.mypurecloud.de/oauth/token");
  expect(tokenEndpoint(gateway, undefined).url).toBe(`${gateway}/oauth/token`);
});

test("a supplied token that cannot stand in a header is told without showing it", async () => {
  const client = new OpenMessagingClient({
    baseUrl: "http://localhost",
    token: () => "two words",
    fetch: () => Response.json(contact),
  });

  const error = await failure(client.contacts.get(contactId));

  expect(error.message).toBe("`token` gave something that cannot stand in an Authorization header");
  expect(error.fix).toMatch(/without `Bearer`/);
});

test.each([
  ["no URL", "invalid_argument", "The answer to the login is no URL", /whole address/],
  [
    "https://a.example/?state=other",
    "invalid_argument",
    "The answer to the login does not have the `state` of this login",
    /same browser/,
  ],
  [
    "https://a.example/?state=STATE",
    "invalid_argument",
    "The answer to the login holds no `code`",
    /whole address/,
  ],
  [
    "https://a.example/?state=STATE&error=access_denied",
    "authentication_failed",
    "No token: the login was refused (access_denied)",
    /consent page/,
  ],
  [
    "https://a.example/?state=STATE&error=invalid_scope",
    "authentication_failed",
    "No token: the login was refused (invalid_scope)",
    /redirect URIs/,
  ],
])("the answer %s to a login is %s", async (answer, code, message, fix) => {
  const login = await startLogin({
    baseUrl: "http://localhost",
    clientId: "c",
    redirectUri: "https://a.example/",
  });

  const error = await failure(finishLogin(login, answer.replace("STATE", login.state)));

  expect(error).toMatchObject({ code, message, fix: expect.stringMatching(fix) });
  if (code === "authentication_failed") expect(error.fate).toBe("not_applied");
});

test("a login tells the scopes that were given, where the server tells them", async () => {
  const login = await startLogin({
    baseUrl: "http://localhost",
    clientId: "c",
    redirectUri: "https://a.example/",
  });
  const finish = (scope: unknown) =>
    finishLogin(login, `https://a.example/?state=${login.state}&code=c`, {
      fetch: () => Response.json({ access_token: "t", expires_in: 60, scope }),
    });

  expect(await finish("messages:send conversations:read")).toMatchObject({
    scopes: ["messages:send", "conversations:read"],
  });
  expect(await finish(undefined)).not.toHaveProperty("scopes");
});
