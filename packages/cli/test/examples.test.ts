import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient } from "@quickcard/client";
import type { Timeline } from "@quickcard/web";
import { chromium } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { type ServedGateway, serveQuickcard } from "../../../testing/serve-quickcard.ts";

/** Slow enough for the gateway, which takes four posts a second from a customer's page over a minute. */
const betweenGreetingsMs = 300;

let gateway: ServedGateway;
let client: OpenMessagingClient;
let environment: NodeJS.ProcessEnv;
const running: ChildProcess[] = [];

beforeAll(async () => {
  gateway = await serveQuickcard();
  const { clientId, clientSecret } = await gateway.createClient();
  environment = {
    ...process.env,
    GENESYS_BASE_URL: gateway.url,
    GENESYS_CLIENT_ID: clientId,
    GENESYS_CLIENT_SECRET: clientSecret,
    WEBHOOK_SECRET: webhookSecret,
    PORT: "0",
  };
  client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
});
afterEach(() => {
  for (const example of running.splice(0)) example.kill();
});
afterAll(async () => {
  await client.close();
  await gateway.stop();
});

const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

/** An example that runs, and all that it has printed so far. */
interface RunningExample {
  exited: Promise<unknown[]>;
  output(): string;
  /** Waits until it prints something that matches, and answers the first group. */
  printed(pattern: RegExp): Promise<string>;
}

function runExample(path: string, ...words: string[]): RunningExample {
  const script = fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));
  const example = spawn(process.execPath, [script, ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(example);
  const exited = once(example, "exit");
  let output = "";
  for (const stream of [example.stdout, example.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return {
    exited,
    output: () => output,
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(output);
        if (match) return match[1] ?? match[0];
        if (example.exitCode !== null)
          throw new Error(`${path} ended before it printed ${pattern}:\n${output}`);
        await Promise.race([once(example.stdout, "data"), exited]);
      }
    },
  };
}

/** What a customer does on the page whose address an example prints. */
function customerOf(page: string) {
  const post = (body: object) =>
    fetch(`${page}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientMessageId: randomUUID(), ...body }),
    });
  const messages = async () => ((await (await fetch(`${page}/timeline`)).json()) as Timeline).messages;
  return {
    messages,
    write: (text: string) => post({ text }),
    /** Taps on the last message of a type. */
    async tap(type: string, tap: { choice: number; card?: number }) {
      const shown = (await messages()).findLast(({ content }) => content.type === type);
      await post({ tap: { messageId: shown?.id, ...tap } });
    },
    /** Waits until the page shows a text, or a message with that title. */
    async shows(words: string) {
      const isShown = ({ content }: Timeline["messages"][number]) =>
        ("text" in content && content.text === words) || ("title" in content && content.title === words);
      while (!(await messages()).some(isShown)) {
        await setTimeout(50);
      }
    },
  };
}

/** An example hears what comes once its stream is open, which a customer cannot know: so something is done until it is heard. */
async function until(isHeard: () => boolean | Promise<boolean>, act: () => Promise<unknown>): Promise<void> {
  while (!(await isHeard())) {
    await act();
    await setTimeout(betweenGreetingsMs);
  }
}

test("the quick start sends a menu, and hears the tap on it", async () => {
  const example = runExample("quick-start/quick-start.js");
  const customer = customerOf(await example.printed(/The customer's page: (\S+)/));
  await until(
    () => example.output().includes("The customer wrote"),
    () => customer.write("Hello?"),
  );

  await customer.tap("quick-reply", { choice: 1 });

  expect(await example.exited).toEqual([0, null]);
  expect(example.output()).toContain('The customer tapped "Technical Support", which returns tech_support\n');
});

test("the menu leads to another menu, and that to an answer", async () => {
  const example = runExample("menu/menu.js");
  const customer = customerOf(await example.printed(/The customer's page: (\S+)/));
  const menus = async () =>
    (await customer.messages()).filter(({ content }) => content.type === "quick-reply");
  await until(
    async () => (await menus()).length > 1,
    () => customer.write("Hello?"),
  );

  await customer.tap("quick-reply", { choice: 0 });
  await example.printed(/which returns billing\n/);
  await until(
    async () => JSON.stringify((await menus()).at(-1)).includes("What about your bill?"),
    () => setTimeout(0),
  );
  await customer.tap("quick-reply", { choice: 1 });

  await customer.shows("It is in your account, under Documents.");
});

test("each product becomes a card", async () => {
  const example = runExample("product-card/product-card.js");
  const customer = customerOf(await example.printed(/The customer's page: (\S+)/));

  expect(await example.exited).toEqual([0, null]);
  await customer.shows("River sandal");
  const cards = (await customer.messages()).map(({ content }) => content);
  expect(cards).toMatchObject([
    { type: "card", title: "Trail runner", subtitle: "119 €, 3 in stock" },
    { type: "card", title: "Hiking boot", actions: [{ title: "Tell me when it is back" }, {}] },
    { type: "card", title: "River sandal" },
  ]);
});

test("the carousel tells which card was tapped", async () => {
  const example = runExample("carousel/carousel.js");
  const customer = customerOf(await example.printed(/The customer's page: (\S+)/));
  await until(
    () => example.output().includes("more:oslo"),
    () => customer.tap("carousel", { card: 1, choice: 1 }),
  );

  await customer.shows("Oslo is best in spring.");
  await customer.tap("carousel", { card: 2, choice: 0 });

  expect(await example.exited).toEqual([0, null]);
  expect(example.output()).toContain("Card 2 was tapped, which returns book:rome");
});

test("the table is sent once, however often it is run", async () => {
  const { id } = await client.contacts.create({ channel: "web" });
  const folder = mkdtempSync(join(tmpdir(), "quickcard-bulk-"));
  const table = join(folder, "reminders.csv");
  writeFileSync(table, `contactId,appointment,time\n${id},A-1,9:00\n${id},A-2,10:30\n`);

  for (let run = 0; run < 2; run += 1) {
    const example = runExample("bulk/bulk.js", table, "reminders-2026-11-23");
    expect(await example.exited).toEqual([0, null]);
    expect(example.output()).toBe("Sent 2, failed 0, unknown 0\n");
  }

  expect((await client.messages.list(id)).entities.map(({ content }) => content)).toMatchObject([
    { text: "See you at 9:00." },
    { text: "See you at 10:30." },
  ]);
  rmSync(folder, { recursive: true });
});

/** Posts the webhook of a tap, as a gateway signs it. */
async function postTap(url: string, contactId: string, secret = webhookSecret): Promise<number> {
  const content = {
    type: "tap",
    kind: "quick-reply",
    messageId: "m",
    choice: 0,
    label: "Billing",
    value: "billing",
  };
  const message = { id: "m", contactId, direction: "inbound", content };
  const body = JSON.stringify({ id: `${contactId}-1`, type: "message.inbound", contactId, message });
  const sentAt = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("msg_1", sentAt, body),
  };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

const otherSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

test("the webhook server answers a tap once, and refuses a wrong signature", async () => {
  const { id } = await client.contacts.create({ channel: "web" });
  const example = runExample("webhook-server/webhook-server.js");
  const url = await example.printed(/Webhooks: (\S+)/);

  const statuses = [await postTap(url, id), await postTap(url, id), await postTap(url, id, otherSecret)];

  expect(statuses).toEqual([204, 204, 401]);
  expect(await example.printed(/Refused: (.*)/)).toContain("fits the secret");
  const { entities } = await client.messages.list(id);
  expect(entities.map(({ content }) => content)).toEqual([{ type: "text", text: "Billing: understood." }]);
});

test("the edge route takes webhooks, and sends when a shop calls it", async () => {
  const { id: contactId } = await client.contacts.create({ channel: "web" });
  const example = runExample("edge/serve.js");
  const url = await example.printed(/The route: (\S+)/);
  const body = JSON.stringify({ contactId, order: 17 });

  const notified = await fetch(`${url}/notify`, { method: "POST", body });
  const again = await fetch(`${url}/notify`, { method: "POST", body });
  const statuses = [
    await postTap(`${url}/webhooks`, contactId),
    await postTap(`${url}/webhooks`, contactId, otherSecret),
  ];

  expect([notified.status, again.status, ...statuses]).toEqual([202, 202, 204, 401]);
  const { entities } = await client.messages.list(contactId);
  expect(entities.map(({ content }) => content)).toMatchObject([
    { text: "Order 17 is on its way." },
    { text: "Billing: understood." },
  ]);
});

test("the unit test needs no port", async () => {
  const example = runExample("unit-test/greeting.test.js");

  expect(await example.exited).toEqual([0, null]);
  expect(example.output()).toMatch(/# pass 2\n/);
});

const executablePath = findChromium();

test.skipIf(!executablePath)("the site shows the chat, and answers the visitor's tap", async () => {
  const example = runExample("site/site.js");
  const site = await example.printed(/The site: (\S+)/);
  const browser = await chromium.launch({ executablePath: executablePath ?? "", args: chromiumArguments });
  try {
    const page = await browser.newPage();
    await page.goto(site);

    await page.getByRole("button", { name: "Opening hours" }).click();
    await page.getByText("Opening hours: somebody will be with you soon.").waitFor();

    expect(await example.printed(/which returns (\S+)/)).toBe("hours");
  } finally {
    await browser.close();
  }
});
