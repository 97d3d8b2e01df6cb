import { createEmulator } from "@quickcard/emulator";
import { expect, test } from "vitest";

const emulator = await createEmulator({
  clients: [
    { id: "client", secret: "se:cret" },
    { id: "short", secret: "secret", accessTokenValiditySeconds: 300 },
  ],
});

function ask(credentials: string, body = "grant_type=client_credentials"): Promise<Response> {
  return emulator.fetch(
    new Request("https://login.mypurecloud.com/oauth/token", {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body,
    }),
  );
}

test("gives a client a new token each time, good for a day", async () => {
  const [first, second] = await Promise.all([ask("client:se:cret"), ask("client:se:cret")]);
  const token = await first.json();

  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("no-store");
  expect(token).toEqual({
    access_token: expect.stringMatching(/^\S{43}$/),
    token_type: "bearer",
    expires_in: 86_400,
  });
  expect((await second.json()).access_token).not.toBe(token.access_token);
});

test("gives the lifetime that the client is set to", async () => {
  expect(await (await ask("short:secret")).json()).toMatchObject({ expires_in: 300 });
});

test.each([
  ["an unknown client", "nobody:secret", undefined, 401, "invalid_client", "client not found"],
  ["a wrong secret", "client:wrong", undefined, 401, "invalid_client", "authentication failed"],
  [
    "another grant",
    "client:se:cret",
    "grant_type=password",
    400,
    "unsupported_grant_type",
    "only client_credentials",
  ],
  ["a huge form", "client:se:cret", "x".repeat(20_000), 413, "invalid_request", "request too large"],
])("refuses %s, and gives no token", async (_, credentials, body, status, error, description) => {
  const response = await ask(credentials, body);

  expect(response.status).toBe(status);
  const refused = await response.json();
  expect(refused).toEqual({
    error,
    description: expect.stringContaining(description),
    error_description: refused.description,
  });
});

test("takes the credentials in the form too", async () => {
  const response = await emulator.fetch(
    new Request("https://login.mypurecloud.com/oauth/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "client",
        client_secret: "se:cret",
      }),
    }),
  );

  expect(await response.json()).toMatchObject({ token_type: "bearer" });
});

test("the API host gives no tokens: they are the login host's", async () => {
  const response = await emulator.fetch(
    new Request("https://api.mypurecloud.com/oauth/token", { method: "POST" }),
  );

  expect(response.status).toBe(404);
});
