import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";
import { emptyFolder, json, quickcard, startQuickcard } from "./run-quickcard.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that gives tokens, and the same answer to everything else. */
async function answering(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Record<string, string>> {
  const server = createServer((request, response) => {
    const isToken = request.url === "/oauth/token";
    const answer = isToken ? { access_token: "token-1", token_type: "bearer", expires_in: 3600 } : body;
    response.writeHead(isToken ? 200 : status, {
      "content-type": "application/json",
      ...(isToken ? {} : headers),
    });
    response.end(JSON.stringify(answer));
  });
  servers.push(server);
  const { url } = await listen(server);
  return {
    GENESYS_BASE_URL: url,
    GENESYS_CLIENT_ID: "id",
    GENESYS_CLIENT_SECRET: "s3cret",
    TARGET_CONTACT_ID: "contact-1",
  };
}

const hostile = "Ada\u001b]0;owned\u0007\u009b31m\u202egnp.exe\r\nFix: rm";

/** Control characters, and marks that turn the direction of writing. */
const steering = /[\p{Cc}\u202a-\u202e]/u;

function conversation(text: string) {
  const entry = {
    id: "m1",
    direction: "inbound",
    timestamp: "2026-11-22T12:00:00.000Z",
    content: { type: "text", text },
  };
  return { entities: [entry], pageSize: 100 };
}

test("what a customer wrote cannot steer a terminal, nor pretend to be another line", async () => {
  const env = { ...(await answering(200, conversation(hostile))), NO_COLOR: "1" };
  const { stdout } = await quickcard(["history"], { env, isTTY: true });

  expect(stdout.trimEnd()).not.toMatch(steering);
  expect(stdout).toContain("Ada\\u001b]0;owned\\u0007\\u009b31m\\u202egnp.exe↵Fix: rm");
});

test("JSON means what the customer wrote, and cannot steer a terminal either", async () => {
  const { stdout } = await quickcard(["history", "--json"], {
    env: await answering(200, conversation(hostile)),
  });

  expect(stdout.trimEnd()).not.toMatch(steering);
  expect(JSON.parse(stdout)).toEqual({ entities: conversation(hostile).entities });
});

test("an error's words from a server cannot steer a terminal", async () => {
  const body = { message: `no ${hostile}`, code: "bad.request", status: 400, details: [] };
  const env = { ...(await answering(400, body)), NO_COLOR: "1" };
  const { stderr } = await quickcard(["history"], { env, isTTY: true });

  expect(stderr.replaceAll("\n", "")).not.toMatch(steering);
});

test.each([
  ["on a terminal", { isTTY: true, env: {} }, true],
  ["not in a pipe", { isTTY: false, env: {} }, false],
  ["not with NO_COLOR", { isTTY: true, env: { NO_COLOR: "1" } }, false],
  ["in a pipe with FORCE_COLOR", { isTTY: false, env: { FORCE_COLOR: "1" } }, true],
  ["not with FORCE_COLOR=0", { isTTY: true, env: { FORCE_COLOR: "0" } }, false],
  ["not on a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }, false],
])("there is colour %s", async (_, options, isColoured) => {
  const help = await quickcard(["--help"], options);
  const error = await quickcard(["sned"], options);

  expect(help.stdout.includes("\u001b[1m")).toBe(isColoured);
  expect(error.stderr.includes("\u001b[31m")).toBe(isColoured);
});

test("a rate limit that lasts longer than the call may is worth trying again later", async () => {
  const body = {
    message: "Rate limit exceeded.",
    code: "too.many.requests",
    status: 429,
    contextId: "c1",
    details: [],
  };
  const env = await answering(429, body, { "retry-after": "45" });
  const { code, stderr } = await quickcard(["send", "text", "Hi", "--json"], { env });

  expect(code).toBe(75);
  expect(json(stderr)).toMatchObject({
    error: { code: "rate_limited", retryable: true, retryAfterMs: 45_000, status: 429, exitCode: 75 },
  });
});

test("a send whose fate is unknown tells the key that makes a repetition safe", async () => {
  const env = await answering(503, {
    message: "Down.",
    code: "service.unavailable",
    status: 503,
    details: [],
  });
  const { code, stderr } = await quickcard(["send", "text", "Hi", "--timeout", "1"], { env });

  expect(code).toBe(1);
  expect(stderr).toMatch(/Repeat the command with --idempotency-key [0-9a-f-]{36}/);
});

test("with the user's own key such a send is worth trying again later", async () => {
  const env = await answering(503, {
    message: "Down.",
    code: "service.unavailable",
    status: 503,
    details: [],
  });
  const { code } = await quickcard(["send", "text", "Hi", "--timeout", "1", "--idempotency-key", "k"], {
    env,
  });

  expect(code).toBe(75);
});

test("a server that does not answer is named with the way to start one", async () => {
  const env = { ...(await answering(200, {})), GENESYS_BASE_URL: "http://127.0.0.1:9" };
  const { code, stderr } = await quickcard(["contacts", "list", "--timeout", "1"], { env });

  expect(code).toBe(75);
  expect(stderr).toContain("quickcard serve");
  expect(stderr).not.toContain("s3cret");
});

test("a secret is not sent in clear text over a network: that is wrong usage", async () => {
  const env = { ...(await answering(200, {})), GENESYS_BASE_URL: "http://192.0.2.1" };
  const { code, stderr } = await quickcard(["contacts", "list", "--json"], { env });

  expect(code).toBe(2);
  expect(json(stderr)).toMatchObject({ error: { code: "invalid_configuration" } });
});

test("an answer that nobody foresaw is reported as such, with its place only on --debug", async () => {
  const env = await answering(200, { entities: [null], pageSize: 100 });
  const plain = await quickcard(["history"], { env });
  const debug = await quickcard(["history", "--debug"], { env });

  expect(plain.code).toBe(70);
  expect(plain.stderr).toContain("bug in quickcard");
  expect(plain.stderr).not.toContain("    at ");
  expect(debug.stderr).toContain("    at ");
});

test("a command that is interrupted says that what it asked for may have happened", async () => {
  const env = await answering(429, {}, { "retry-after": "20" });
  const running = startQuickcard(["send", "text", "Hi"], { env });
  const { code, stderr } = await running.stop();

  expect(code).toBe(130);
  expect(stderr).toContain("may have happened");
});

test("clients of a data folder that is not there are not listed as none, and no folder is made", async () => {
  const cwd = emptyFolder();

  const listed = await quickcard(["clients", "list", "--data", "misspelt", "--json"], { cwd });
  const revoked = await quickcard(["clients", "revoke", "some-client", "--data", "misspelt", "--json"], {
    cwd,
  });

  for (const { code, stderr } of [listed, revoked]) {
    expect(code).toBe(1);
    expect(json(stderr)).toMatchObject({ error: { code: "data_missing" } });
  }
  expect(readdirSync(cwd)).toEqual([]);
});
