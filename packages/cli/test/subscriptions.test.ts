import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";
import { type Ended, emptyFolder, json, quickcard, type Running, startQuickcard } from "./run-quickcard.ts";

const cwd = emptyFolder();
let gateway: Running;
let env: Record<string, string>;

/** A subscriber, and what it answers. */
let status = 200;
const told: string[] = [];
const subscriber = createServer((request, answer) => {
  told.push(String(request.headers["webhook-id"]));
  answer.writeHead(status).end();
});
let url: string;

beforeAll(async () => {
  url = `${(await listen(subscriber)).url}/webhooks`;
  const targets = ["--allow-private-targets", "--allow-http-targets"];
  gateway = startQuickcard(["serve", "--port", "0", "--log-level", "silent", "--json", ...targets], { cwd });
  const [line] = await gateway.printed(/.*\n/);
  const scopes = "messages:send,conversations:read,conversations:write";
  const made = await quickcard(["clients", "create", "--name", "test", "--scopes", scopes, "--json"], {
    cwd,
  });
  const { clientId, clientSecret } = json(made.stdout);
  env = {
    GENESYS_BASE_URL: String(json(line).url),
    GENESYS_CLIENT_ID: String(clientId),
    GENESYS_CLIENT_SECRET: String(clientSecret),
  };
});
afterAll(async () => {
  await gateway.stop();
  subscriber.closeAllConnections();
  subscriber.close();
});
beforeEach(() => {
  status = 200;
  told.splice(0);
});

const run = (...words: string[]): Promise<Ended> => quickcard(["subscriptions", ...words], { cwd, env });

async function create(): Promise<string> {
  const { stdout, code } = await run("create", "--url", url, "--events", "conversation.state", "--json");
  expect(code).toBe(0);
  return String(json(stdout).id);
}

test("a subscription is made with its secret, listed, shown, rotated and removed", async () => {
  const made = await run("create", "--url", url);
  const [, id = ""] = /Subscription (\S+) tells/.exec(made.stdout) ?? [];
  const listed = await run("list");
  const shown = await run("show", id);
  const rotated = await run("rotate", id, "--overlap", "60");
  const removed = await run("remove", id);

  expect(made.stdout).toMatch(/WEBHOOK_SECRET='whsec_[A-Za-z0-9+/]{43}='/);
  expect(listed.stdout).toContain(`${id}  active  ${url}  message.inbound,message.status,conversation.state`);
  expect(shown.stdout).toMatch(/state\s+active\n[\s\S]*waiting\s+0\n/);
  expect(rotated.stdout).toMatch(/WEBHOOK_SECRET='whsec_/);
  expect(`${listed.stdout}${shown.stdout}`).not.toContain("whsec_");
  expect(removed).toMatchObject({ code: 0, stdout: `Subscription ${id} is removed.\n` });
  expect((await run("show", id)).code).toBe(1);
});

test("a test says what the subscriber answered, and fails where that was no success", async () => {
  const id = await create();

  const good = await run("test", id);
  status = 500;
  const bad = await run("test", id);
  const forPrograms = await run("test", id, "--json");

  expect(good).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^The subscriber answered 200 after \d+ ms/),
  });
  expect(bad).toMatchObject({ code: 1, stderr: expect.stringContaining("The subscriber answered 500") });
  expect(json(forPrograms.stderr)).toMatchObject({ error: { code: "test_not_delivered", status: 500 } });
  await run("remove", id);
});

test("what was told is told again, from an instant or from so long ago", async () => {
  const id = await create();
  await quickcard(["contacts", "create", "--channel", "web"], { cwd, env });
  while (told.length === 0) await once(subscriber, "request");

  const replayed = await run("replay", id, "--from", "1h", "--json");
  const none = await run("replay", id, "--from", "2020-01-01", "--to", "2020-01-02T00:00:00Z");
  while (told.length < 2) await once(subscriber, "request");

  expect(json(replayed.stdout)).toEqual({ id, events: 1 });
  expect(none.stdout).toMatch(/^0 events are told again/);
  expect(told[1]).toBe(told[0]);
  await run("remove", id);
});

test("a subscription that ended goes on, at another URL where one is given", async () => {
  status = 410;
  const id = await create();
  await quickcard(["contacts", "create", "--channel", "web"], { cwd, env });
  let shown = await run("show", id);
  while (!shown.stdout.includes("ended")) shown = await run("show", id);
  status = 200;
  const resumed = await run("resume", id, "--url", `${url}/moved`);
  while (told.length < 2) await once(subscriber, "request");

  expect(shown.stdout).toContain("state     ended: The subscriber answered 410.");
  expect(resumed.stdout).toContain(`goes on telling ${url}/moved`);
  await run("remove", id);
});

test.each([
  [["create", "--url", "https://10.0.0.1/", "--events", "taps"], 'names "taps"'],
  [["replay", "x", "--from", "yesterday"], "is not an instant"],
  [["replay", "x"], "--from"],
  [["rotate", "x", "--overlap", "-1"], "--overlap"],
  [["create"], "--url"],
])("subscriptions %j is refused with what to do", async (words, complaint) => {
  const { code, stderr } = await run(...words);

  expect(code).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr).toContain("Fix:");
});
