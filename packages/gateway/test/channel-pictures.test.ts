import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient } from "@quickcard/client";
import type { Content } from "@quickcard/content";
import { channelNames } from "@quickcard/content/channels";
import { type RunningGateway, serve } from "@quickcard/gateway";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";

const executablePath = findChromium();
const pictures = fileURLToPath(new URL("../../../test-results/channels/", import.meta.url));
const product = fileURLToPath(new URL("../../web/public/assets/gallery/headphones.png", import.meta.url));

/** The two messages of the tutorial. */
const messages: Record<string, { content: Content; words: string[] }> = {
  menu: {
    content: {
      type: "quick-reply",
      title: "How can we help you today?",
      choices: [
        { label: "Billing", value: "billing_inquiry" },
        { label: "Technical Support", value: "tech_support" },
        { label: "Speak to Agent", value: "transfer_to_agent" },
      ],
    },
    words: ["How can we help you today?", "Billing", "Technical Support", "Speak to Agent"],
  },
  card: {
    content: {
      type: "card",
      title: "New Product Launch",
      subtitle: "Check out our latest features.",
      image: { url: "https://example.com/images/product.jpg" },
      actions: [
        { type: "postback", title: "Learn More", payload: "learn_more_product_123" },
        { type: "web_url", title: "Visit Website", url: "https://example.com/products/123" },
      ],
    },
    words: ["New Product Launch", "Check out our latest features.", "Learn More", "Visit Website"],
  },
};

const sights = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 375, colorScheme: "light" },
  { width: 375, colorScheme: "dark" },
] as const;

describe.skipIf(!executablePath)("messages on each channel", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-pictures-"));
  let browser: Browser;
  let gateway: RunningGateway;
  let client: OpenMessagingClient;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    gateway = await serve({ port: 0, host: "127.0.0.1", dataDirectory, allowHttpMedia: true });
    client = new OpenMessagingClient({ baseUrl: gateway.url, clientId: "none", clientSecret: "none" });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(async () => {
    await browser.close();
    await client.close();
    await gateway.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function open(content: Content, { width, colorScheme }: (typeof sights)[number]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.route("https://example.com/**", (route) =>
      route.fulfill({ contentType: "image/png", body: readFileSync(product) }),
    );
    await page.goto(await client.messages.previewUrl(content));
    await page.getByRole("heading", { name: "On each channel" }).waitFor();
    return page;
  }

  test.each(Object.keys(messages))(
    "the tutorial's %s: every word is there, nothing is cut off",
    async (name) => {
      const { content, words } = messages[name]!;
      for (const sight of sights) {
        const page = await open(content, sight);
        // Pictures are loaded when they come into sight.
        await page.setViewportSize({ width: sight.width, height: 9000 });
        await expect.poll(() => page.locator(".phone-screen img").evaluateAll(areLoaded)).toBe(true);

        expect(await page.locator(".phone").count()).toBe(channelNames.length);
        expect(await faultsOf(page, words)).toEqual([]);
        await page.setViewportSize({ width: sight.width, height: 900 });
        const picture = `${pictures}${name}-${sight.width}-${sight.colorScheme}.png`;
        await page.screenshot({ path: picture, fullPage: true });
        await page.close();
      }
    },
  );

  test("every sample shows on every channel, without a fault that axe finds, wide and narrow, light and dark", async () => {
    const page = await browser.newPage();
    await page.route("https://example.com/**", (route) => route.fulfill({ status: 404 }));
    for (const [sample, width, colorScheme] of [
      ["menu", 1280, "light"],
      ["product-card", 1280, "dark"],
      ["plants", 375, "light"],
      ["set-up-film", 375, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto("about:blank");
      await page.goto(`${gateway.url}/designer#sample=${sample}`);
      await expect.poll(() => page.locator(".phone-screen .skinned").count()).toBeGreaterThan(12);

      expect(await findViolations(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `${pictures}${sample}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await page.getByRole("button", { name: "Samples" }).click();
    expect(await findViolations(page)).toEqual([]);
    expect(await page.locator(".sample").count()).toBe(20);
    expect(await page.locator(".unknown").count()).toBe(0);
    await page.close();
  });
});

function areLoaded(images: Element[]): boolean {
  return images.every(({ classList }) => classList.contains("loaded"));
}

/** The words that a phone does not show, and what is wider than what holds it. */
function faultsOf(page: Page, words: readonly string[]): Promise<string[]> {
  return page.locator(".phone").evaluateAll(
    (phones, expected) =>
      phones.flatMap((phone) => {
        const shown = phone.textContent ?? "";
        const missing = expected.filter((word) => !shown.includes(word)).map((word) => `is without ${word}`);
        const wide = [...phone.querySelectorAll(".phone-screen, .phone-screen *")]
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
          .map(({ className }) => `cuts off ${className}`);
        return [...missing, ...wide].map((fault) => `${phone.getAttribute("data-channel")} ${fault}`);
      }),
    words,
  );
}
