import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

// RFC 7636, appendix B.
const rfc7636 = {
  verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
};
const redirectUri = "http://127.0.0.1/callback";
const formEncoded = { "content-type": "application/x-www-form-urlencoded" };

async function publicClient() {
  const client = await gateway.clients.create({
    name: "Desk <b>tool</b>",
    scopes: ["conversations:read"],
    redirectUris: [redirectUri, "https://app.example/back"],
  });
  const request = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: "http://127.0.0.1:53111/callback",
    code_challenge: rfc7636.challenge,
    code_challenge_method: "S256",
    state: "xyz&1",
  };
  return { ...client, approvalCode: client.approvalCode ?? "", request };
}

const page = (parameters: Record<string, string>) =>
  gateway.call("GET", `/oauth/authorize?${new URLSearchParams(parameters)}`);
const decide = (parameters: Record<string, string>) =>
  gateway.call("POST", "/oauth/authorize", {
    headers: formEncoded,
    body: new URLSearchParams(parameters).toString(),
  });
const exchange = (parameters: Record<string, string>) =>
  gateway.call("POST", "/oauth/token", {
    headers: formEncoded,
    body: new URLSearchParams({ grant_type: "authorization_code", ...parameters }).toString(),
  });

async function consent(client: Awaited<ReturnType<typeof publicClient>>): Promise<URL> {
  const answer = await decide({
    ...client.request,
    decision: "allow",
    approval_code: client.approvalCode,
  });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get("location") ?? "");
}

test("asks for consent, and gives a token for the code and its verifier, once", async () => {
  const client = await publicClient();

  const shown = await page(client.request);
  const html = await shown.text();
  const location = await consent(client);
  const code = location.searchParams.get("code") ?? "";
  const proof = {
    client_id: client.clientId,
    code,
    code_verifier: rfc7636.verifier,
    redirect_uri: client.request.redirect_uri,
  };
  const granted = await exchange(proof);
  const again = await exchange(proof);

  expect(shown.status).toBe(200);
  expect(html).toContain("Desk &lt;b&gt;tool&lt;/b&gt;");
  expect(shown.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(location.host).toBe("127.0.0.1:53111");
  expect(location.searchParams.get("state")).toBe("xyz&1");
  const { access_token } = (await granted.json()) as { access_token: string };
  expect((await gateway.call("GET", `${api}/contacts`, { token: access_token })).status).toBe(200);
  expect(again.status).toBe(400);
  expect(await again.json()).toMatchObject({ error: "invalid_grant" });
});

test("refuses a code with another verifier, client or address, and after a minute", async () => {
  const wrong: ((proof: Record<string, string>) => Promise<Record<string, string>>)[] = [
    async (proof) => ({ ...proof, code_verifier: randomBytes(32).toString("base64url") }),
    async (proof) => ({ ...proof, redirect_uri: "https://app.example/back" }),
    async (proof) => ({ ...proof, client_id: (await publicClient()).clientId }),
    async (proof) => {
      gateway.clock.aheadMs += 61_000;
      return proof;
    },
  ];
  for (const change of wrong) {
    const client = await publicClient();
    const code = (await consent(client)).searchParams.get("code") ?? "";
    const proof = {
      client_id: client.clientId,
      code,
      code_verifier: rfc7636.verifier,
      redirect_uri: client.request.redirect_uri,
    };

    const answer = await exchange(await change(proof));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_grant" });
  }
});

test("shows the page again for a wrong approval code, and stops after ten tries a minute", async () => {
  const client = await publicClient();
  const attempt = () => decide({ ...client.request, decision: "allow", approval_code: "guess" });

  const first = await attempt();
  const statuses = [];
  for (let index = 0; index < 10; index += 1) statuses.push((await attempt()).status);

  expect(first.status).toBe(403);
  expect(await first.text()).toContain("not this client");
  expect(statuses.at(-1)).toBe(429);
});

test("tells the client when consent is denied", async () => {
  const client = await publicClient();

  const answer = await decide({ ...client.request, decision: "deny" });

  expect(new URL(answer.headers.get("location") ?? "").searchParams.get("error")).toBe("access_denied");
});

test.each([
  { response_type: "token" },
  { code_challenge_method: "plain" },
  { code_challenge: "short" },
  { scope: "messages:send" },
])("sends %j back to the client as an error", async (change) => {
  const client = await publicClient();

  const answer = await page({ ...client.request, ...change } as Record<string, string>);

  expect(answer.status).toBe(303);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.searchParams.get("error")).toMatch(
    /^(unsupported_response_type|invalid_request|invalid_scope)$/,
  );
  expect(location.searchParams.get("state")).toBe("xyz&1");
});

test.each([
  { redirect_uri: "https://evil.example/callback" },
  { redirect_uri: "http://127.0.0.1:1/other" },
  { redirect_uri: "https://app.example/back?more" },
  { client_id: "nobody" },
])("never redirects to an address it does not trust: %j", async (change) => {
  const client = await publicClient();

  const answer = await page({ ...client.request, ...change } as Record<string, string>);

  expect(answer.status).toBe(400);
  expect(answer.headers.get("location")).toBeNull();
});

test("gives a public client no token without consent", async () => {
  const { clientId } = await publicClient();

  const answer = await gateway.call("POST", "/oauth/token", {
    headers: formEncoded,
    body: `grant_type=client_credentials&client_id=${clientId}`,
  });

  expect(await answer.json()).toMatchObject({ error: "unauthorized_client" });
});
