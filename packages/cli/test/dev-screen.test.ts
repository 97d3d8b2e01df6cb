import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { card, OpenMessagingClient } from "@quickcard/client";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { emptyFolder, json, type Running, startQuickcard } from "./run-quickcard.ts";

const executablePath = findChromium();
const pictures = fileURLToPath(new URL("../../../test-results/dev-screen/", import.meta.url));

const sizes = [
  [375, 812],
  [1280, 800],
  [1600, 1000],
] as const;

/** A picture of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Step 2 of the tutorial, as its program sends it. */
const tutorialCard = card({
  title: "New Product Launch",
  subtitle: "Check out our latest features.",
  image: { url: "https://example.com/images/product.jpg" },
  actions: [
    { type: "postback", title: "Learn More", payload: "learn_more_product_123" },
    { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
  ],
});

describe.skipIf(!executablePath)("the screen that quickcard dev opens", () => {
  let browser: Browser;
  let demo: Running;
  let ready: { deskUrl: string; url: string; contactId: string; dotenv: string };
  let page: Page;
  let phone: FrameLocator;
  let mistakes: string[];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    demo = startQuickcard(["dev", "--port", "0", "--json"], { cwd: emptyFolder() });
    const [line] = await demo.printed(/.*"ready":true.*\n/);
    ready = json(line) as unknown as typeof ready;
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    mistakes = [];
    page.on("pageerror", (error) => mistakes.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && mistakes.push(message.text())));
    const picture = readFileSync(new URL("../../web/public/assets/demo/product.png", import.meta.url));
    await page.route("https://example.com/**", (route) =>
      route.fulfill({ contentType: "image/png", body: picture }),
    );
    await page.goto(ready.deskUrl);
    phone = page.frameLocator("iframe");
  });
  afterEach(async () => {
    await page.context().close();
    expect((await demo.stop()).code).toBe(0);
    expect(mistakes).toEqual([]);
  });

  const agentLog = () => page.getByRole("log", { name: "Messages" });
  const exchange = (name: RegExp) =>
    page.getByRole("list", { name: /^Exchanges/ }).getByRole("button", { name });
  const writeOnPhone = async (words: string) => {
    await phone.getByRole("textbox", { name: "Message" }).fill(words);
    await phone.getByRole("button", { name: "Send" }).click();
  };
  /** Every message that is shown, as its words. */
  const shownBy = async (list: Page | FrameLocator) =>
    (await list.locator("li.message").allInnerTexts()).map((words) => words.replaceAll(/\s+/g, " "));

  async function sendAsProgram(): Promise<void> {
    const variables = new Map(
      readFileSync(ready.dotenv, "utf8")
        .split("\n")
        .map((line) => line.split("=") as [string, string]),
    );
    const client = new OpenMessagingClient({
      baseUrl: ready.url,
      clientId: variables.get("GENESYS_CLIENT_ID"),
      clientSecret: variables.get("GENESYS_CLIENT_SECRET"),
    });
    await client.messages.send(ready.contactId, tutorialCard);
    await client.close();
  }

  test("the whole loop: customer, agent, bot and program see each other, and nobody sees anything twice", async () => {
    await page.getByRole("heading", { name: "Nobody has written yet" }).waitFor();
    await writeOnPhone("Is the lamp in stock?");
    await agentLog().getByText("Is the lamp in stock?").waitFor();

    await phone.getByRole("textbox", { name: "Message" }).fill("H");
    await agentLog().getByText("Ada is typing").waitFor();
    await phone.getByRole("textbox", { name: "Message" }).fill("");

    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByRole("textbox", { name: "Message to the customer" }).fill("It is. Which one?");
    await phone.getByText("Chat is typing").waitFor();
    await page.screenshot({ path: join(pictures, "typing.png") });
    await page.keyboard.press("Enter");
    await phone.getByText("It is. Which one?").waitFor();
    await phone.getByText("Chat is typing").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Carousel" }).click();
    await phone.getByText("Stoneware, holds 350 ml").waitFor();
    await phone.getByRole("button", { name: "Choose" }).nth(1).click();
    await agentLog().getByText("carousel-mug-1").waitFor();

    await sendAsProgram();
    await phone.getByText("New Product Launch").nth(1).waitFor();
    await agentLog().getByText("[Card] New Product Launch").waitFor();
    await exchange(/Webhook 200.*New Product Launch.*signed/).waitFor();
    await exchange(/Webhook 200.*It is\. Which one.*signed/).click();
    await page.getByRole("article", { name: "Exchange" }).getByRole("button", { name: "Replay" }).click();
    await page.getByText("Replayed: see the top of the list").waitFor();
    await writeOnPhone("Thank you");
    await agentLog().getByText("Thank you").waitFor();

    // The phone begins with what the demo sent, which no agent was there to see.
    expect(await shownBy(phone)).toEqual(
      [
        /Select a service department/,
        /New Product Launch/,
        /Is the lamp in stock\?/,
        /It is\. Which one\?/,
        /Desk lamp.*Mug.*Plant/,
        /New Product Launch/,
        /Thank you/,
      ].map((words) => expect.stringMatching(words)),
    );
    expect(await shownBy(page)).toEqual(
      [
        /^Ada Is the lamp in stock\?/,
        /^Agent It is\. Which one\?/,
        /^Bot Desk lamp.*Mug.*Plant/,
        /^Ada Tapped: Choose carousel-mug-1/,
        /^Program \[Card\] New Product Launch/,
        /^Ada Thank you/,
      ].map((words) => expect.stringMatching(words)),
    );
    for (const [width, height] of sizes)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        const tabs = page.getByRole("navigation", { name: "Parts of the desk" }).getByRole("button");
        const shown = width < 1000 ? await tabs.all() : [undefined];
        for (const [at, tab] of shown.entries()) {
          await tab?.click();
          await page.screenshot({ path: join(pictures, `${width}-${colorScheme}-${at}.png`) });
        }
      }
    expect(await findViolations(page)).toEqual([]);
  }, 30_000);

  test("the agent's picture and each of the bot's replies show on the phone, and what is tapped there comes back", async () => {
    await writeOnPhone("Hello");
    await page.getByRole("button", { name: "Answer" }).click();

    await page.getByLabel("File to send").setInputFiles({
      name: "pixel.png",
      mimeType: "image/png",
      buffer: Buffer.from(pixel, "base64"),
    });
    const picture = phone.locator("li.message img").last();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    for (const reply of ["Text", "Card", "Date picker", "Quick replies"])
      await page.getByRole("button", { name: reply, exact: true }).click();
    await phone.getByText("Do you want to proceed?").waitFor();
    await page.screenshot({ path: join(pictures, "replies.png") });
    await phone.getByRole("button", { name: "Yes" }).click();

    await agentLog().getByText("Tapped: ").waitFor({ state: "attached" });
    expect((await shownBy(page)).at(-1)).toMatch(/^Ada Tapped: Yes yes/);
    for (const words of ["How can I help?", "Warm light, and an arm", "When shall we call?"])
      expect(await phone.getByText(words).count()).toBe(1);
  }, 30_000);

  test("the customer's picture shows at the desk, by its name", async () => {
    const file = { name: "broken lamp.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") };
    await phone.getByLabel("Pictures to send").setInputFiles(file);

    const picture = agentLog().getByRole("img", { name: "broken lamp.png" });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    expect(await findViolations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "customer-picture.png") });
  }, 30_000);

  test("what an agent ends, the customer begins again by writing", async () => {
    await writeOnPhone("Hello");
    await page.getByRole("button", { name: "End conversation" }).click();
    await phone.getByText("This conversation has ended. Write, and it begins again.").waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "ended.png") });

    await writeOnPhone("One more thing");

    await agentLog().getByText("One more thing").waitFor();
    await page.getByRole("button", { name: "Answer" }).waitFor();
  }, 30_000);
});
