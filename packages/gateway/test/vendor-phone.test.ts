import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Content } from "@quickcard/content";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import type { ChannelCase } from "./channel-conformance/channel-case.ts";
import {
  instagramCase,
  lineCase,
  messengerCase,
  telegramCase,
  whatsAppCase,
} from "./channel-conformance/channel-cases.ts";
import { type ChannelWorld, startChannelWorld } from "./channel-conformance/channel-world.ts";
import { memoryStore } from "./channel-conformance/test-stores.ts";

const executablePath = findChromium();
const pictures = fileURLToPath(new URL("../../../test-results/phone/", import.meta.url));
const product = fileURLToPath(new URL("../../web/public/assets/gallery/headphones.png", import.meta.url));

const menu: Content = {
  type: "quick-reply",
  title: "How can we help you today?",
  choices: [
    { label: "Billing", value: "billing_inquiry" },
    { label: "Technical Support", value: "tech_support" },
  ],
};

const offer = (title: string, payload: string) => ({
  title,
  subtitle: "In stock, with you tomorrow.",
  image: { url: "https://example.com/images/product.jpg" },
  actions: [{ type: "postback" as const, title: "Buy", payload }],
});
const offers: Content = {
  type: "carousel",
  cards: [offer("Headphones", "buy_headphones"), offer("Loudspeaker", "buy_loudspeaker")],
};

describe.skipIf(!executablePath)("a customer's phone", () => {
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(() => browser.close());

  async function openPhone({ phoneUrl, channelCase }: ChannelWorld): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
    await page.route("https://example.com/**", (route) =>
      route.fulfill({ contentType: "image/png", body: readFileSync(product) }),
    );
    await page.goto(phoneUrl!);
    await page.getByLabel("Address").fill(channelCase.address);
    await page.getByRole("button", { name: "Take this phone" }).click();
    await page.getByRole("region", { name: /^The phone of / }).waitFor();
    return page;
  }

  async function write(page: Page, words: string): Promise<void> {
    await page.getByRole("textbox", { name: "Message" }).fill(words);
    await page.keyboard.press("Enter");
  }

  test.each<[string, ChannelCase]>(
    [whatsAppCase, messengerCase, instagramCase, lineCase, telegramCase].map((one) => [one.channel, one]),
  )("of %s: what the gateway sends is shown, and taps and words come back to it", async (channel, one) => {
    await using world = await startChannelWorld(one, memoryStore);
    const page = await openPhone(world);
    await write(page, "Hello");
    const contact = await waitUntil(async () => (await world.client.contacts.list()).entities[0]);
    const sent = await world.sendThrough(contact, menu);

    await page.getByRole("button", { name: "Technical Support" }).click();
    await waitUntil(async () => (await world.inbound(contact)).length > 1);
    await world.sendThrough(contact, offers);
    await page.getByText("Loudspeaker").first().waitFor();
    await page
      .getByRole("button", { name: "Buy" })
      .or(page.getByRole("button", { name: /Loudspeaker/ }))
      .last()
      .click();
    await waitUntil(async () => (await world.inbound(contact)).length > 2);
    await write(page, "Thank you");
    await waitUntil(async () => (await world.inbound(contact)).length > 3);

    expect(await world.inbound(contact)).toMatchObject([
      { type: "text", text: "Hello" },
      { type: "tap", messageId: sent.id, value: "tech_support" },
      { type: "tap", value: "buy_loudspeaker" },
      { type: "text", text: "Thank you" },
    ]);
    expect(await page.locator("[role=alert]").textContent()).toBe("");
    for (const [width, colorScheme] of [
      [375, "light"],
      [1280, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
      await page.screenshot({ path: `${pictures}${channel}-${width}-${colorScheme}.png` });
    }
    await page.close();
  });
});
