import { randomUUID } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { emptyFolder, json, quickcard, type Running, startQuickcard } from "./run-quickcard.ts";

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** Starts the demo and waits until it is ready. */
async function startDev(cwd: string): Promise<{ demo: Running; ready: Record<string, unknown> }> {
  const demo = startQuickcard(["dev", "--port", "0", "--json"], { cwd });
  running.push(demo);
  const [line] = await demo.printed(/.*"ready":true.*\n/);
  return { demo, ready: json(line) };
}

/** Taps or writes, as the customer's page does. */
async function post(chatUrl: string, message: object): Promise<void> {
  const response = await fetch(`${chatUrl}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientMessageId: randomUUID(), ...message }),
  });
  expect(response.status).toBe(201);
}

const tap = (chatUrl: string, messageId: string, choice: number) =>
  post(chatUrl, { tap: { messageId, choice } });
const write = (chatUrl: string, text: string) => post(chatUrl, { text });

/** The texts on the customer's page. */
async function readTexts(chatUrl: string): Promise<string[]> {
  const { messages } = (await (await fetch(`${chatUrl}/timeline`)).json()) as {
    messages: { content: { text?: string } }[];
  };
  return messages.flatMap(({ content }) => content.text ?? []);
}

/** Turns one of the emulator's controls, as the desk does. */
async function callDesk(ready: Record<string, unknown>, method: string, path: string, body?: object) {
  const response = await fetch(new URL(`/emulator${path}`, String(ready.deskUrl)), {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function readConversations(ready: Record<string, unknown>): Promise<{ id: string }[]> {
  return (await callDesk(ready, "GET", "/conversations")).entities as { id: string }[];
}

test("dev --once plays the whole round trip and ends well", async () => {
  const { code, stdout, stderr } = await quickcard(["dev", "--once"]);

  expect(stderr).toBe("");
  expect(stdout).toContain("The customer taps, the program hears: dept_sales");
  expect(stdout).toContain("The customer taps, the program hears: learn_more_product_123");
  expect(stdout).toContain("The agent's bot sends a carousel, the page shows: message");
  expect(stdout).toContain("The customer taps, the agent sees: mug");
  expect(stdout).toContain("The program sends a card, the agent reads its text: New Product Launch");
  expect(stdout).toMatch(/The round trip is complete\.\n$/);
  expect(code).toBe(0);
});

test("dev sends the menu and the card, and tells what the customer taps", async () => {
  const { demo, ready } = await startDev(emptyFolder());
  const chatUrl = String(ready.chatUrl);
  const timeline = (await (await fetch(`${chatUrl}/timeline`)).json()) as {
    messages: { id: string; content: object }[];
  };
  await tap(chatUrl, timeline.messages[0]?.id ?? "", 1);
  const [line] = await demo.printed(/.*"message\.inbound".*\n/);

  expect(timeline.messages.map(({ content }) => content)).toMatchObject([
    { type: "quick-reply" },
    { type: "card" },
  ]);
  expect(json(line)).toMatchObject({ message: { content: { type: "tap", value: "dept_support" } } });
  expect((await demo.stop()).code).toBe(0);
});

test("the command that dev prints sends a message, and the secret stands only in a file of the user's own", async () => {
  const cwd = emptyFolder();
  const demo = startQuickcard(["dev", "--port", "0"], { cwd });
  running.push(demo);
  const [, command = ""] = await demo.printed(/ {2}npx quickcard (.*\\\n.*\\\n.*)\n[\s\S]*Ctrl-C/);
  const words = [...command.replaceAll("\\\n", " ").matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll('"', ""),
  );
  const designerUrl = new URL((await demo.printed(/http:\S+\/designer#\S+/))[0]);
  const sent = await quickcard(words, { cwd });
  const dotenv = join(cwd, ".quickcard/dev/.env");
  const kept = readFileSync(dotenv, "utf8");
  const secret = /GENESYS_CLIENT_SECRET=(.+)/.exec(kept)?.[1] ?? "";
  const named = new URLSearchParams(designerUrl.hash.slice(1));
  const { stdout, stderr } = await demo.stop();

  expect(sent).toMatchObject({ code: 0, stdout: expect.stringContaining("Sent: message") });
  expect(statSync(dotenv).mode & 0o777).toBe(0o600);
  expect(secret).not.toBe("");
  expect(stdout + stderr).not.toContain(secret);
  expect(kept).toContain(`GENESYS_CLIENT_ID=${named.get("client")}`);
  expect(kept).toContain(`TARGET_CONTACT_ID=${named.get("contact")}`);
});

test("the next start goes on with the same customer, and anew where that is gone", async () => {
  const cwd = emptyFolder();
  const first = await startDev(cwd);
  await first.demo.stop();
  const second = await startDev(cwd);
  await second.demo.stop();
  writeFileSync(
    join(cwd, ".quickcard/dev/.env"),
    "GENESYS_CLIENT_ID=a\nGENESYS_CLIENT_SECRET=b\nTARGET_CONTACT_ID=c\n",
  );
  const third = await startDev(cwd);

  expect(second.ready.contactId).toBe(first.ready.contactId);
  expect(third.ready.contactId).not.toBe(first.ready.contactId);
});

test("the agent's desk shows the customer's page, and the next start goes on with their conversation", async () => {
  const cwd = emptyFolder();
  const first = await startDev(cwd);
  await write(String(first.ready.chatUrl), "Hello");
  const conversation = await waitUntil(async () => (await readConversations(first.ready))[0]);
  await first.demo.stop();
  const second = await startDev(cwd);
  const { chatUrl, deskUrl } = second.ready as { chatUrl: string; deskUrl: string };
  await callDesk(second.ready, "POST", `/conversations/${conversation.id}/messages`, { text: "Hi Ada" });

  const { origin } = new URL(deskUrl);
  const page = await fetch(chatUrl);
  expect(page.headers.get("content-security-policy")).toContain(`frame-ancestors ${origin};`);
  expect(await callDesk(second.ready, "GET", "/customers")).toEqual({
    entities: [{ name: "Ada", channel: "Web chat", chatUrl }],
  });
  await waitUntil(async () => (await readTexts(chatUrl)).includes("Hi Ada"));
  expect(await readTexts(chatUrl)).toEqual(["Hello", "Hi Ada"]);
});

test("a second start says that the demo runs already, at which address, and where its customer is", async () => {
  const cwd = emptyFolder();
  const { ready } = await startDev(cwd);
  const second = await quickcard(["dev"], { cwd });

  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`The demo runs already, at ${ready.url}.`);
  expect(second.stderr).toContain(`Open it: ${ready.deskUrl}`);
});

test("two demos in two folders run beside each other, each with its own Genesys Cloud", async () => {
  const [one, other] = [await startDev(emptyFolder()), await startDev(emptyFolder())];

  await write(String(one.ready.chatUrl), "Hello");
  await waitUntil(async () => (await readConversations(one.ready)).length === 1);

  expect(one.ready.deskUrl).not.toBe(other.ready.deskUrl);
  expect(await readConversations(other.ready)).toEqual([]);
});

test("a port that something else has, and a folder that cannot be written, are said plainly", async () => {
  const { ready } = await startDev(emptyFolder());
  const taken = await quickcard(["dev", "--port", new URL(String(ready.url)).port]);
  const noFolder = await quickcard(["dev", "--port", "0", "--data", "/dev/null/dev"]);

  expect(taken.stderr).toMatch(/Port \d+ on 127\.0\.0\.1 is taken by another program\.[\s\S]*--port/);
  expect(noFolder.stderr).toMatch(/\/dev\/null\/dev cannot be used[\s\S]*--data/);
  expect([taken.code, noFolder.code]).toEqual([1, 1]);
});
