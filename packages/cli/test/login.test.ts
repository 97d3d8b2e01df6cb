import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, json, quickcard, type Running, startQuickcard } from "./run-quickcard.ts";

const cwd = emptyFolder();
let server: Running;
let baseUrl: string;

beforeAll(async () => {
  server = startQuickcard(["serve", "--port", "0", "--log-level", "silent", "--json"], { cwd });
  const [line] = await server.printed(/.*\n/);
  baseUrl = String(json(line).url);
});
afterAll(() => server.stop());

/** Makes a client without a secret, as an operator does. */
async function publicClient(...more: string[]): Promise<{ clientId: string; approvalCode: string }> {
  const words = ["clients", "create", "--name", "console", "--public", "--json", ...more];
  const { stdout } = await quickcard(
    [...words, "--redirect-uri", "http://127.0.0.1/callback", "--scopes", "conversations:read,messages:send"],
    { cwd },
  );
  const { clientId, approvalCode } = json(stdout);
  return { clientId: String(clientId), approvalCode: String(approvalCode) };
}

/** What a person does on the consent page; answers where the browser is sent. */
async function decide(url: string, approvalCode: string, decision: "allow" | "deny"): Promise<string> {
  const page = await (await fetch(url)).text();
  const fields = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const form = new URLSearchParams([...fields].map(([, name = "", value = ""]) => [name, value]));
  form.set("approval_code", approvalCode);
  form.set("decision", decision);
  const answer = await fetch(`${baseUrl}/oauth/authorize`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  return answer.headers.get("location") ?? "";
}

const connection = (clientId: string) => ["--base-url", baseUrl, "--client-id", clientId];

/** Logs in a user who has a home of their own. */
async function logIn(home: string, ...clientOptions: string[]) {
  const { clientId, approvalCode } = await publicClient(...clientOptions);
  const running = startQuickcard(["login", "--no-browser", ...connection(clientId)], { env: { HOME: home } });
  const [, url = ""] = await running.printed(/: (http\S+)\n/);
  const back = await fetch(await decide(url, approvalCode, "allow"));
  return { clientId, page: await back.text(), back, ...(await running.ended) };
}

const loginsOf = (home: string) => join(home, ".config/quickcard/logins.json");

test("a login is kept for its user alone, says its end, and is used by every command until logout", async () => {
  const home = emptyFolder();
  const env = { HOME: home };

  const { code, stdout, page } = await logIn(home);
  const listed = await quickcard(["contacts", "list", "--json"], { env });
  const elsewhere = await quickcard(["contacts", "list"], {
    env: { ...env, GENESYS_BASE_URL: "http://127.0.0.1:9" },
  });
  const out = await quickcard(["logout"], { env });
  const after = await quickcard(["contacts", "list"], { env });

  expect(code).toBe(0);
  expect(stdout).toMatch(/Logged in at http:\/\/127\.0\.0\.1:\d+ until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\n/);
  expect(stdout).toContain("Allowed: conversations:read, messages:send");
  expect(page).toContain("Go back to the terminal");
  expect(json(listed.stdout)).toMatchObject({ entities: [] });
  expect(elsewhere.stderr).toContain("quickcard login");
  expect(elsewhere.code).toBe(2);
  expect(out.stdout).toContain(`Logged out at ${baseUrl}`);
  expect(after.code).toBe(2);
});

test("the token lies in a file that only its user can read, and nowhere else", async () => {
  const home = emptyFolder();
  const { stdout, stderr } = await logIn(home);
  const { logins } = json(readFileSync(loginsOf(home), "utf8")) as { logins: [{ token: string }] };

  expect(statSync(loginsOf(home)).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, ".config/quickcard")).mode & 0o777).toBe(0o700);
  expect(stdout + stderr).not.toContain(logins[0].token);

  chmodSync(loginsOf(home), 0o644);
  const { code, stderr: refused } = await quickcard(["contacts", "list"], { env: { HOME: home } });
  expect(code).toBe(1);
  expect(refused).toContain(`chmod 600 ${loginsOf(home)}`);
});

test("an answer that belongs to another login is turned away, and the wait goes on", async () => {
  const home = emptyFolder();
  const { clientId, approvalCode } = await publicClient();
  const running = startQuickcard(["login", "--no-browser", "--json", ...connection(clientId)], {
    env: { HOME: home },
  });
  const [, url = ""] = await running.warned(/: (http\S+)\n/);
  const callback = new URL(url).searchParams.get("redirect_uri") ?? "";

  const forged = await fetch(`${callback}?code=stolen&state=other`);
  const elsewhere = await fetch(new URL("/other", callback));
  await fetch(await decide(url, approvalCode, "allow"));
  const { stdout, code } = await running.ended;

  expect([forged.status, elsewhere.status, code]).toEqual([400, 404, 0]);
  expect(json(stdout)).toEqual({
    baseUrl,
    clientId,
    expiresAt: expect.any(String),
    scopes: ["conversations:read", "messages:send"],
  });
});

test("a person's no, an unknown client and a login without a name each say what to do", async () => {
  const env = { HOME: emptyFolder() };
  const { clientId, approvalCode } = await publicClient();
  const running = startQuickcard(["login", "--no-browser", ...connection(clientId)], { env });
  const [, url = ""] = await running.printed(/: (http\S+)\n/);
  await fetch(await decide(url, approvalCode, "deny"));
  const denied = await running.ended;
  const unnamed = await quickcard(["login"], { env });
  const nowhere = await quickcard(["login", "--client-id", "x"], { env });
  const homeless = await quickcard(["login", "--no-browser", ...connection(clientId)]);

  expect(denied.stderr).toMatch(/refused \(access_denied\)[\s\S]*Fix: .*consent page/);
  expect(unnamed.stderr).toMatch(/Fix: .*quickcard clients create --public --redirect-uri/);
  expect(nowhere.stderr).toContain("--base-url URL");
  expect(homeless.stderr).toContain("XDG_CONFIG_HOME");
  expect([denied.code, unnamed.code, nowhere.code, homeless.code]).toEqual([1, 2, 2, 1]);
});

test("a login that has ended says so, with the words to log in again", async () => {
  const home = emptyFolder();
  const { clientId } = await logIn(home, "--token-lifetime", "1");
  const file = loginsOf(home);
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(/"expiresAt": "[^"]+"/, '"expiresAt": "2020-01-01T00:00:00.000Z"'),
  );

  const { code, stderr } = await quickcard(["contacts", "list"], { env: { HOME: home } });

  expect(code).toBe(2);
  expect(stderr).toContain(`quickcard login --base-url ${baseUrl} --client-id ${clientId}`);
});

test("a file that holds no logins is told of before anybody is sent to a page", async () => {
  const home = emptyFolder();
  await logIn(home);
  writeFileSync(loginsOf(home), "{");

  const { code, stderr } = await quickcard(["login", "--no-browser", ...connection("x")], {
    env: { HOME: home },
  });

  expect(code).toBe(1);
  expect(stderr).toMatch(/does not hold logins[\s\S]*Delete it/);
});

test("the browser is opened at the consent page", async () => {
  const folder = emptyFolder();
  const [browser, opened] = [join(folder, "browser"), join(folder, "opened")];
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${opened}"`, { mode: 0o755 });
  const { clientId, approvalCode } = await publicClient();

  const running = startQuickcard(["login", ...connection(clientId)], {
    env: { HOME: emptyFolder(), BROWSER: browser },
  });
  const [, url = ""] = await running.printed(/Allow it in your browser, or open: (http\S+)\n/);
  await fetch(await decide(url, approvalCode, "allow"));

  expect((await running.ended).code).toBe(0);
  await expect.poll(() => readFileSync(opened, "utf8")).toBe(url);
});

test("where no browser can be started, the address is there to be opened by hand", async () => {
  const { clientId } = await publicClient();
  const running = startQuickcard(["login", ...connection(clientId)], {
    env: { HOME: emptyFolder(), BROWSER: "/no/such/browser" },
  });

  await running.printed(/Open this in a browser on this computer: http\S+\n/);
  expect((await running.stop()).code).toBe(130);
});
