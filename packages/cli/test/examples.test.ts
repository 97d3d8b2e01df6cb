import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Timeline } from "@quickcard/web";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { type ServedGateway, serveQuickcard } from "../../../testing/serve-quickcard.ts";

/** Slow enough for the gateway, which takes four posts a second from a customer's page over a minute. */
const betweenGreetingsMs = 300;

let gateway: ServedGateway;
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
    PORT: "0",
  };
});
afterEach(() => {
  for (const example of running.splice(0)) example.kill();
});
afterAll(() => gateway.stop());

/** An example that runs, and all that it has printed so far. */
interface RunningExample {
  exited: Promise<unknown[]>;
  output(): string;
  /** Waits until it prints something that matches, and answers the first group. */
  printed(pattern: RegExp): Promise<string>;
}

function runExample(path: string): RunningExample {
  const script = fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));
  const example = spawn(process.execPath, [script], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
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

test("the quick start sends a menu, and hears the tap on it", async () => {
  const example = runExample("quick-start/quick-start.js");
  const page = await example.printed(/The customer's page: (\S+)/);
  const post = (body: object) =>
    fetch(`${page}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientMessageId: randomUUID(), ...body }),
    });
  // It hears what comes once its stream is open, which the customer cannot know: so the customer greets until heard.
  while (!example.output().includes("The customer wrote")) {
    await post({ text: "Hello?" });
    await setTimeout(betweenGreetingsMs);
  }
  const { messages } = (await (await fetch(`${page}/timeline`)).json()) as Timeline;
  const menu = messages.find(({ content }) => content.type === "quick-reply");

  await post({ tap: { messageId: menu?.id, choice: 1 } });

  expect(await example.exited).toEqual([0, null]);
  expect(example.output()).toContain('The customer tapped "Technical Support", which returns tech_support\n');
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
