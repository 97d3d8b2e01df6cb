import { finishLogin, type LoginOptions, OpenMessagingClient, startLogin } from "@quickcard/client";
import { expect, test } from "vitest";
import { startGateway, type TestGateway } from "../../../testing/start-gateway.ts";
import { challengeOf } from "../src/tokens/pkce.ts";
import { failure } from "./fixtures/failure.ts";
import { startServer } from "./fixtures/start-server.ts";

const baseUrl = "http://localhost";
const redirectUri = "http://127.0.0.1:7777/callback";

async function publicClient({ clients }: TestGateway) {
  const { clientId, approvalCode = "" } = await clients.create({
    name: "console",
    scopes: ["conversations:read"],
    redirectUris: ["http://127.0.0.1/callback"],
  });
  return { clientId, approvalCode };
}

/** What a person does: opens the page, types the code and presses a button. */
async function decide(
  { gateway }: TestGateway,
  url: string,
  approvalCode: string,
  decision = "allow",
): Promise<string> {
  const page = await (await gateway.fetch(new Request(url))).text();
  const fields = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const form = new URLSearchParams([...fields].map(([, name = "", value = ""]) => [name, value]));
  form.set("approval_code", approvalCode);
  form.set("decision", decision);
  const answer = await gateway.fetch(
    new Request(`${baseUrl}/oauth/authorize`, { method: "POST", body: form }),
  );
  return answer.headers.get("location") ?? "";
}

const login = (options: Pick<LoginOptions, "clientId" | "scopes">) =>
  startLogin({ baseUrl, redirectUri, ...options });

test("a person's consent becomes a token that the client uses, and that tells its end", async () => {
  await using server = await startGateway();
  const { clientId, approvalCode } = await publicClient(server);
  const started = await login({ clientId });
  const { fetch } = server.gateway;

  const { token, expiresAt, scopes } = await finishLogin(
    started,
    await decide(server, started.url, approvalCode),
    { fetch },
  );

  expect(scopes).toEqual(["conversations:read"]);
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
  const client = new OpenMessagingClient({ token, baseUrl, fetch });
  expect((await client.contacts.list()).entities).toEqual([]);
});

test("every login has a verifier and a state of its own, and shows the server only the challenge", async () => {
  const [first, second] = [await login({ clientId: "c" }), await login({ clientId: "c" })];
  const shown = new URL(first.url).searchParams;

  expect(first.codeVerifier).toMatch(/^[\w-]{43}$/);
  expect(new Set([first.codeVerifier, second.codeVerifier, first.state, second.state]).size).toBe(4);
  expect(shown.get("code_challenge")).toBe(await challengeOf(first.codeVerifier));
  expect(first.url).not.toContain(first.codeVerifier);
});

test("the challenge is that of RFC 7636, appendix B", async () => {
  expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

test("Genesys Cloud's page is at its login host", async () => {
  const { url } = await startLogin({
    baseUrl: "https://api.mypurecloud.de",
    clientId: "c",
    redirectUri,
    scopes: ["conversations:read", "messages:send"],
  });

  expect(url).toMatch(/^https:\/\/login\.mypurecloud\.de\/oauth\/authorize\?/);
  expect(new URL(url).searchParams.get("scope")).toBe("conversations:read messages:send");
});

test("an answer with another state is not taken, whatever else it holds", async () => {
  const started = await login({ clientId: "c" });
  const unused = () => {
    throw new Error("nothing must be sent");
  };

  for (const query of ["code=c&state=other", "code=c", "", `state=${started.state}`, "error=access_denied"]) {
    const error = await failure(finishLogin(started, `${redirectUri}?${query}`, { fetch: unused }));
    expect(error).toMatchObject({ code: "invalid_argument", argument: "answer", fate: "not_sent" });
  }
  expect(await failure(finishLogin(started, "no URL"))).toMatchObject({ code: "invalid_argument" });
});

test("a person's no is told as one", async () => {
  await using server = await startGateway();
  const { clientId, approvalCode } = await publicClient(server);
  const started = await login({ clientId });

  const answer = await decide(server, started.url, approvalCode, "deny");

  expect(await failure(finishLogin(started, answer))).toMatchObject({
    code: "authentication_failed",
    apiCode: "access_denied",
    fix: expect.stringContaining("consent page"),
  });
});

test("a code is good once, and only with the verifier of its login", async () => {
  await using server = await startGateway();
  const { clientId, approvalCode } = await publicClient(server);
  const { fetch } = server.gateway;
  const [first, second] = [await login({ clientId }), await login({ clientId })];
  const answer = await decide(server, first.url, approvalCode);
  const stolen = answer.replace(first.state, second.state);

  const error = await failure(finishLogin(second, stolen, { fetch }));
  expect(error).toMatchObject({
    code: "authentication_failed",
    apiCode: "invalid_grant",
    fix: expect.stringContaining("start the login again"),
  });
  expect(JSON.stringify(error) + error.stack).not.toContain(new URL(answer).searchParams.get("code"));
  expect(await failure(finishLogin(first, answer, { fetch }))).toMatchObject({ apiCode: "invalid_grant" });
});

test("a token server that hangs is given up after a while, and one that errs is told", async () => {
  await using hanging = await startServer(() => undefined);
  await using erring = await startServer((_, response) => void response.writeHead(503).end());
  const finish = async (url: string, timeoutMs?: number) => {
    const started = await startLogin({ baseUrl: url, clientId: "c", redirectUri });
    return failure(finishLogin(started, `${redirectUri}?code=c&state=${started.state}`, { timeoutMs }));
  };

  expect(await finish(hanging.url, 50)).toMatchObject({ code: "timeout", fate: "not_sent" });
  expect(await finish(erring.url)).toMatchObject({ code: "api_error", status: 503 });
});
