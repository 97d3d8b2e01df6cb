import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, emptyFolder, json, quickcard, type Running, startQuickcard } from "./run-quickcard.ts";

const cwd = emptyFolder();
let server: Running;
let env: Record<string, string>;

beforeAll(async () => {
  server = startQuickcard(["serve", "--port", "0", "--log-level", "silent", "--json"], { cwd });
  const [line] = await server.printed(/.*\n/);
  const ready = json(line);
  expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  const scopes = "messages:send,conversations:read,conversations:write";
  env = { GENESYS_BASE_URL: String(ready.url), ...(await createClient(scopes)) };
});
afterAll(async () => {
  expect((await server.stop()).code).toBe(0);
});

async function createClient(scopes: string): Promise<Record<string, string>> {
  const { stdout } = await quickcard(["clients", "create", "--name", "test", "--scopes", scopes, "--json"], {
    cwd,
  });
  const { clientId, clientSecret, scopes: granted } = json(stdout);
  expect(granted).toEqual(scopes.split(","));
  return { GENESYS_CLIENT_ID: String(clientId), GENESYS_CLIENT_SECRET: String(clientSecret) };
}

const run = (...words: string[]): Promise<Ended> => quickcard(words, { cwd, env });

async function createContact(): Promise<Record<string, unknown>> {
  const { stdout, code } = await run("contacts", "create", "--channel", "web", "--name", "Ada", "--json");
  expect(code).toBe(0);
  return json(stdout);
}

test("a contact is made with its page, listed, shown, closed, reopened and deleted", async () => {
  const contact = await createContact();
  const id = String(contact.id);
  const states = async (...words: string[]) => json((await run("contacts", ...words, "--json")).stdout);

  expect(contact).toMatchObject({
    channel: "web",
    displayName: "Ada",
    chatUrl: expect.stringContaining("/chat/"),
  });
  expect(await states("show", id)).toEqual(contact);
  expect(await states("list")).toMatchObject({ entities: expect.arrayContaining([contact]) });
  expect(await states("close", id)).toMatchObject({ state: "closed" });
  expect(await states("list", "--state", "closed")).toMatchObject({ entities: [{ id }] });
  expect(await states("reopen", id)).toMatchObject({ state: "active" });
  expect(await states("delete", id, "--yes")).toEqual({ id, deleted: true });
  expect((await run("contacts", "show", id)).code).toBe(1);
});

test("what is sent is in the history, both for people and as JSON", async () => {
  const contactId = String((await createContact()).id);
  const sent = await run(
    "send",
    "quick-reply",
    "--to",
    contactId,
    "--title",
    "Where to?",
    "--choice",
    "Sales=dept_sales",
    "--json",
  );
  await run("send", "text", "Second", "--to", contactId);
  const asJson = json((await run("history", "--to", contactId, "--json")).stdout);
  const latest = await run("history", "--to", contactId, "--limit", "1");

  expect(json(sent.stdout)).toMatchObject({ contactId, status: "queued", notices: [] });
  expect(asJson).toMatchObject({
    entities: [{ id: json(sent.stdout).id }, { content: { type: "text", text: "Second" } }],
  });
  expect(latest.stdout).toMatch(/^[\d-]+ [\d:]+ -> Second \w+\n$/);
});

test("the same idempotency key does not send twice", async () => {
  const contactId = String((await createContact()).id);
  const words = ["send", "text", "Once", "--to", contactId, "--idempotency-key", "key-1", "--json"];
  const [first, second] = [await run(...words), await run(...words)];

  expect(json(second.stdout).id).toBe(json(first.stdout).id);
});

test("listen tells what happens, one JSON object a line, and goes on where its cursor file says", async () => {
  const contactId = String((await createContact()).id);
  const listen = ["listen", "--json", "--to", contactId, "--cursor-file", "cursor", "--timeout", "10"];
  const first = await run(...listen, "--after", "0", "--count", "1");
  await run("send", "text", "Hi", "--to", contactId);
  const second = await run(...listen, "--count", "3");
  const statuses = second.stdout.trimEnd().split("\n").map(json);

  expect(json(first.stdout)).toMatchObject({ type: "conversation.state", state: "active", contactId });
  expect(statuses.map(({ status }) => status)).toEqual(["queued", "sending", "sent"]);
});

test("listen ends well when it is told to stop", async () => {
  const listening = startQuickcard(["listen", "--after", "0"], { cwd, env });
  await listening.printed(/conversation/);

  expect((await listening.stop()).code).toBe(0);
});

test("the tutorial's errors: an unknown contact", async () => {
  const { code, stderr } = await run("send", "text", "Hi", "--to", "3f0c6f0e-2b8e-4d5c-9a39-0a5c1f3b7f10");

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /404[\s\S]*Cause:.*conversation's id[\s\S]*Fix: {3}Take the id of a contact from: quickcard contacts list/,
  );
});

test("the tutorial's errors: a closed conversation", async () => {
  const contactId = String((await createContact()).id);
  await run("contacts", "close", contactId);
  const { code, stderr } = await run("send", "text", "Hi", "--to", contactId);

  expect(code).toBe(1);
  expect(stderr).toMatch(/400[\s\S]*Fix: {3}Open it again: quickcard contacts reopen/);
});

test("the tutorial's errors: a missing scope", async () => {
  const contactId = String((await createContact()).id);
  const reader = await createClient("conversations:read");
  const { code, stderr } = await quickcard(["send", "text", "Hi", "--to", contactId], {
    cwd,
    env: { ...env, ...reader },
  });

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /403[\s\S]*messages:send[\s\S]*Fix: {3}Make a client that has it: quickcard clients create/,
  );
});

test("the tutorial's errors: a message that does not appear says how far it came", async () => {
  const contactId = String((await createContact()).id);
  const { stdout } = await run("send", "text", "Hi", "--to", contactId);

  expect(stdout).toContain(`How far it comes: quickcard history --to ${contactId}`);
});

test("http media are the server's to refuse, with the place in the message", async () => {
  const contactId = String((await createContact()).id);
  const { code, stderr } = await run(
    "send",
    "image",
    "http://example.com/a.png",
    "--to",
    contactId,
    "--json",
  );

  expect(code).toBe(1);
  expect(json(stderr)).toMatchObject({
    error: { code: "invalid_message", issues: [{ pointer: "/content/url" }] },
  });
});

test("a client is listed without its secret and can be revoked while the gateway runs", async () => {
  const { GENESYS_CLIENT_ID: id = "", GENESYS_CLIENT_SECRET: secret = "" } =
    await createClient("conversations:read");
  const listed = await run("clients", "list", "--json");
  const revoked = await run("clients", "revoke", id, "--json");
  const refused = await quickcard(["contacts", "list"], {
    cwd,
    env: { ...env, GENESYS_CLIENT_ID: id, GENESYS_CLIENT_SECRET: secret },
  });

  expect(json(listed.stdout)).toMatchObject({
    entities: expect.arrayContaining([expect.objectContaining({ clientId: id })]),
  });
  expect(listed.stdout).not.toContain(secret);
  expect(json(revoked.stdout)).toEqual({ clientId: id, revoked: true });
  expect(refused.stderr).toContain("quickcard clients create");
  expect((await run("clients", "revoke", id)).code).toBe(1);
});

test("a new client's secret is shown once, ready to paste into a shell", async () => {
  const { stdout } = await run("clients", "create", "--name", "shop", "--scopes", "messages:send");

  expect(stdout).toContain("shown this once");
  expect(stdout).toMatch(
    /^export GENESYS_CLIENT_ID='[0-9a-f-]{36}'\nexport GENESYS_CLIENT_SECRET='[\w-]{43}'$/m,
  );
});

test("a public client has no secret, and needs an address to be sent back to", async () => {
  const words = [
    "clients",
    "create",
    "--name",
    "app",
    "--public",
    "--scopes",
    "conversations:read",
    "--json",
  ];
  const made = await run(...words, "--redirect-uri", "http://127.0.0.1/callback");

  expect(json(made.stdout)).toMatchObject({ kind: "public", redirectUris: ["http://127.0.0.1/callback"] });
  expect(json(made.stdout)).not.toHaveProperty("clientSecret");
  expect((await run(...words)).code).toBe(2);
});

test("a second gateway on the same folder, a port that is taken and a folder that is none are refused plainly", async () => {
  const { port } = new URL(env.GENESYS_BASE_URL ?? "");
  const second = await run("serve", "--port", "0");
  const taken = await run("serve", "--port", port, "--data", "other");
  const noFolder = await run("serve", "--port", "0", "--data", "/dev/null/data");

  expect(second.stderr).toMatch(/Another gateway is running[\s\S]*Fix:/);
  expect(taken.stderr).toMatch(/Port \d+ on 127\.0\.0\.1 is taken[\s\S]*--port/);
  expect(noFolder.stderr).toMatch(/\/dev\/null\/data cannot be used[\s\S]*--data/);
  expect([second.code, taken.code, noFolder.code]).toEqual([1, 1, 1]);
});
