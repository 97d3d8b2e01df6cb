import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { buildPages } from "./build-pages.ts";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { expectSoon } from "./eventually.ts";

const executablePath = findChromium();
const sample = fileURLToPath(new URL("fixtures/openapi.json", import.meta.url));

describe.skipIf(!executablePath)("the API reference in a browser", () => {
  let browser: Browser;
  let pages: Awaited<ReturnType<typeof buildPages>>;
  let server: ChatServer;
  let page: Page;
  let outside: string[];

  beforeAll(async () => {
    pages = await buildPages();
    server = await startChatServer(pages.directory);
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(async () => {
    await browser.close();
    await server.down();
    await pages.remove();
  });

  beforeEach(async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    outside = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(server.origin)) outside.push(request.url());
    });
    await page.route("**/openapi.json", (route) => route.fulfill({ path: sample }));
  });

  afterEach(async () => {
    await page.context().close();
    expect(outside).toEqual([]);
  });

  test("opens at the operation that its address names, and tells of its body in as much depth as is asked for", async () => {
    await page.goto(`${server.origin}/docs#sendMessage`);
    const operation = page.getByRole("article", { name: "Send a message" });
    await operation.waitFor();
    expect((await operation.boundingBox())!.y).toBeLessThan(200);

    await operation.getByText("Forms of content").click();
    await operation.getByText("A picture.").click();
    await operation.getByText("url", { exact: true }).waitFor();
    await operation.getByText("invalid.value").click();
    await operation.getByText("What is wrong.").waitFor();

    expect(await operation.getByText("at least 1, at most 100, default 25").count()).toBe(1);
    expect(await operation.getByText("messages:send").count()).toBe(1);
  });

  test("gives a command to copy for each form of the body", async () => {
    await page.goto(`${server.origin}/docs`);
    const operation = page.getByRole("article", { name: "Send a message" });

    await operation.getByLabel("Example").selectOption("image");
    await operation.getByRole("button", { name: "Copy: Request" }).click();

    await operation.getByRole("status").filter({ hasText: "Copied" }).first().waitFor({ state: "attached" });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl -X POST "http:.*\/contacts\/\$CONTACT_ID\/messages"/);
    expect(copied).toContain('"type": "image"');
  });

  test("finds operations by their words", async () => {
    await page.goto(`${server.origin}/docs`);

    await page.getByRole("searchbox", { name: "Find an operation" }).fill("follow");

    await expectSoon(() => page.getByRole("navigation").getByRole("link").count()).toBe(1);
    await page.getByRole("navigation").getByRole("link", { name: "Follow the messages" }).click();
    expect(page.url()).toMatch(/#followMessages$/);
  });

  test("fits a narrow window, and has no fault that axe finds, light and dark", async () => {
    for (const [width, colorScheme] of [
      [375, "light"],
      [1280, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${server.origin}/docs`);
      await page.getByRole("article", { name: "Send a message" }).getByText("Forms of content").click();

      expect(await findViolations(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  });

  test("says so where the description of the API cannot be loaded", async () => {
    await page.unroute("**/openapi.json");

    await page.goto(`${server.origin}/docs`);

    await page.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
