import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Message, OpenMessagingClient } from "@quickcard/client";
import { type Content, quickReply, text } from "@quickcard/content";
import { openClientRegistry, type RunningGateway, serve } from "@quickcard/gateway";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { sampleConversation } from "../../../testing/sample-conversation.ts";
import { silence } from "../../../testing/silence.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";

const executablePath = findChromium();
const pictures = fileURLToPath(new URL("../../../test-results/chat-page/", import.meta.url));
const scopes = ["messages:send", "conversations:read", "conversations:write"];

describe.skipIf(!executablePath)("the customer's page", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-chat-page-"));
  let browser: Browser;
  let gateway: RunningGateway;
  let client: OpenMessagingClient;
  let context: BrowserContext;
  let page: Page;
  let contact: { id: string; chatUrl: string };
  let complaints: string[];

  const start = (port = 0) => serve({ port, host: "127.0.0.1", dataDirectory, allowHttpMedia: true });

  beforeAll(async () => {
    const registry = openClientRegistry(dataDirectory);
    const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes });
    await registry.close();
    gateway = await start();
    client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret, validate: false });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const { id, chatUrl = "" } = await client.contacts.create({ channel: "web", displayName: "Ada" });
    contact = { id, chatUrl };
    context = await browser.newContext({ viewport: { width: 375, height: 812 } });
    page = await openPage();
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  /** A page of the customer's browser that may load nothing but the gateway and the media of the sample. */
  async function openPage(): Promise<Page> {
    const opened = await context.newPage();
    complaints = [];
    opened.on("pageerror", (error) => complaints.push(String(error)));
    opened.on("console", (message) => {
      if (/security policy/i.test(message.text())) complaints.push(message.text());
    });
    await opened.route("**", (route) => {
      const { origin, pathname } = new URL(route.request().url());
      if (origin === gateway.url) return route.continue();
      if (pathname.endsWith(".wav")) return route.fulfill({ contentType: "audio/wav", body: silence(2) });
      if (origin !== "https://media.example") complaints.push(`loaded ${origin}`);
      return route.fulfill({ status: 404 });
    });
    return opened;
  }

  const send = (content: Content) => client.messages.send(contact.id, content);
  const written = () => page.getByRole("textbox", { name: "Message" });
  const own = (words: string) => page.locator("li.own", { hasText: words });

  async function history(): Promise<Message[]> {
    return (await client.messages.list(contact.id)).entities;
  }

  async function inbound() {
    return (await history()).flatMap((message) => (message.direction === "inbound" ? [message.content] : []));
  }

  async function sendSample(): Promise<void> {
    for (const content of sampleConversation(gateway.url)) await send(content);
  }

  test("shows all nine types without a fault that axe finds, wide and narrow, light and dark", async () => {
    await sendSample();
    mkdirSync(pictures, { recursive: true });
    for (const [width, height] of [
      [375, 812],
      [1280, 900],
      [320, 568],
    ] as const)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.goto(contact.chatUrl);
        await page.getByText("How can we help you today?").waitFor();
        await page.screenshot({ path: `${pictures}${width}-${colorScheme}.png` });

        const log = page.getByRole("log");
        const length = await log.evaluate((element) => element.scrollHeight);
        await page.setViewportSize({ width, height: length + 200 });
        await page.getByText("Carla, a desk lamp").waitFor();
        await page.screenshot({ path: `${pictures}${width}-${colorScheme}-whole.png` });
        expect(await findViolations(page), `${width} ${colorScheme}`).toEqual([]);
        expect(await log.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      }

    expect(await page.getByRole("img", { name: "A desk lamp beside books and a cup" }).count()).toBe(2);
    expect(
      await page
        .getByLabel("A greeting from the workshop")
        .evaluate((audio: HTMLAudioElement) => audio.controls),
    ).toBe(true);
    expect(await page.getByLabel("How to put it together, in two minutes").getAttribute("poster")).toMatch(
      /product\.png$/,
    );
    expect(await page.getByRole("link", { name: "manual.pdf" }).textContent()).toContain("PDF document");
    const map = page.getByRole("link", { name: "Showroom Berlin" });
    expect(await map.getAttribute("href")).toMatch(
      /^https:\/\/www\.openstreetmap\.org\/\?mlat=52\.516275&mlon=13\.377704/,
    );
    expect(await page.getByRole("list", { name: "Cards" }).getByRole("listitem").count()).toBe(4);
    expect(await page.getByRole("group", { name: "How can we help" }).getByRole("button").count()).toBe(3);
  });

  test("returns the value of a choice and the payload of a button, and opens a web page safely", async () => {
    await sendSample();
    await page.goto(contact.chatUrl);

    await page.getByRole("button", { name: "Learn more" }).click();
    await page.getByRole("status").filter({ hasText: "Sent" }).waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Technical Support" }).click();
    await own("Technical Support").getByTitle("Sent").waitFor();

    expect(await page.locator("li.own").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Billing" }).count()).toBe(0);
    expect(await inbound()).toMatchObject([
      { type: "tap", kind: "postback", label: "Learn more", value: "learn_more_product_123" },
      { type: "tap", kind: "quick-reply", label: "Technical Support", value: "tech_support" },
    ]);
    const link = page.getByRole("link", { name: "Visit website" });
    expect(await link.getAttribute("href")).toBe("https://example.com/products/123");
    expect(await link.getAttribute("target")).toBe("_blank");
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    await page.reload();
    await own("Technical Support").waitFor();
    expect(await page.getByRole("button", { name: "Billing" }).count()).toBe(0);
  });

  test("returns a tap within a carousel with its card", async () => {
    await sendSample();
    await page.goto(contact.chatUrl);

    await page.getByRole("button", { name: "Choose" }).nth(1).click();

    const [tap] = await waitUntil(async () => ((await inbound()).length > 0 ? inbound() : undefined));
    expect(tap).toMatchObject({ kind: "postback", card: 1, choice: 0, value: "choose_Bruno" });
  });

  test("sends what is written, and tells how far each message has come", async () => {
    const { id } = await send(text("Hello"));
    await page.goto(contact.chatUrl);
    await page.getByText("Hello", { exact: true }).waitFor();

    await written().fill("First line");
    await written().press("Shift+Enter");
    await written().pressSequentially("second line");
    await written().press("Enter");

    await own("First line").getByTitle("Sent").waitFor();
    expect(await inbound()).toEqual([{ type: "text", text: "First line\nsecond line" }]);
    await waitUntil(async () => (await client.messages.get(contact.id, id)).status === "read");
    await page.getByTitle("Read").waitFor();
  });

  const image = readFileSync(new URL("../../../docs/images/desk.png", import.meta.url));
  const file = (name: string, mimeType = "image/png", buffer: Buffer = image) => ({ name, mimeType, buffer });
  const ownPicture = (name: string) => page.locator("li.own").getByRole("img", { name });

  /** Lets go files over an element, or pastes them there, as a browser does. */
  async function handOver(event: "drop" | "paste", to: Locator, name: string): Promise<void> {
    await to.evaluate(
      (element, [kind, called, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], called, { type: "image/png" }));
        const both = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          kind === "drop"
            ? new DragEvent("drop", { ...both, dataTransfer: data })
            : new ClipboardEvent("paste", { ...both, clipboardData: data }),
        );
      },
      [event, name, image.toString("base64")] as const,
    );
  }

  test("sends pictures that are chosen, pasted or dropped, and shows them, also after a reload", async () => {
    await page.goto(contact.chatUrl);
    await written().waitFor();

    const choosing = page.waitForEvent("filechooser");
    await written().focus();
    await page.keyboard.press("Shift+Tab");
    const button = page.getByRole("button", { name: "Choose pictures" });
    expect(await button.evaluate((element) => element.matches(":focus"))).toBe(true);
    await page.keyboard.press("Enter");
    const chooser = await choosing;
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles([file("one.png"), file("two.png")]);
    await ownPicture("two.png").waitFor();
    await handOver("paste", written(), "pasted.png");
    await ownPicture("pasted.png").waitFor();
    await handOver("drop", page.getByRole("log"), "dropped.png");
    await ownPicture("dropped.png").waitFor();

    await page.reload();
    const names = ["one.png", "two.png", "pasted.png", "dropped.png"];
    for (const name of names) {
      const shown = ownPicture(name);
      await shown.scrollIntoViewIfNeeded();
      const isLoaded = () => shown.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 1);
      await waitUntil(isLoaded);
    }
    expect(await inbound()).toMatchObject(names.map((filename) => ({ type: "image", filename })));
    expect(await page.locator("li.own").count()).toBe(4);
    for (const [width, height] of [
      [375, 812],
      [1280, 900],
    ] as const)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        expect(await findViolations(page), `${width} ${colorScheme}`).toEqual([]);
      }
  });

  test("says what cannot be sent, and sends the rest", async () => {
    await page.goto(contact.chatUrl);
    const chosen = page.getByLabel("Pictures to send");
    await chosen.setInputFiles([file("cat.png"), file("page.html", "text/html", Buffer.from("<p>"))]);
    await page.getByRole("alert").filter({ hasText: "Only pictures can be sent" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await ownPicture("cat.png").waitFor();

    await chosen.setInputFiles([file("huge.gif", "image/gif", Buffer.alloc(10 * 1024 * 1024 + 1))]);
    await page.getByRole("alert").filter({ hasText: "that large" }).waitFor();
    await chosen.setInputFiles([file("not.png", "image/png", Buffer.from("no picture"))]);
    await page.getByRole("alert").waitFor({ state: "detached" });
    await own("not.png").getByTitle("Not sent").waitFor();
    await own("not.png").getByRole("button", { name: "Remove" }).click();
    await own("not.png").waitFor({ state: "detached" });
    expect(await inbound()).toMatchObject([{ type: "image", filename: "cat.png" }]);
  });

  test("shrinks a large photograph before it goes up", async () => {
    await page.goto(contact.chatUrl);
    await written().waitFor();
    const photograph = await page.evaluate(async () => {
      const [canvas, noise] = [new OffscreenCanvas(3000, 2000), new ImageData(3000, 2000)];
      for (let n = 0; n < noise.data.length; n += 1) noise.data[n] = (n * 7919) % 251;
      canvas.getContext("2d")?.putImageData(noise, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 1 });
      let binary = "";
      for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
      return btoa(binary);
    });
    const buffer = Buffer.from(photograph, "base64");

    await page.getByLabel("Pictures to send").setInputFiles([file("photo.jpg", "image/jpeg", buffer)]);

    await ownPicture("photo.jpg").waitFor();
    const [sent] = await history();
    const answer = await fetch(`${contact.chatUrl}/pictures/${sent?.id}`);
    const size = (await answer.arrayBuffer()).byteLength;
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    expect(size).toBeLessThan(buffer.byteLength);
    const width = () => ownPicture("photo.jpg").evaluate((img: HTMLImageElement) => img.naturalWidth);
    await waitUntil(async () => (await width()) === 2048);
  });

  test("sends a picture once the network is back", async () => {
    await page.goto(contact.chatUrl);
    await written().waitFor();
    await context.setOffline(true);
    await page.getByLabel("Pictures to send").setInputFiles([file("cat.png")]);
    await own("cat.png").getByTitle("Sending").waitFor();
    await context.setOffline(false);

    await ownPicture("cat.png").waitFor();
    expect(await page.locator("li.own").count()).toBe(1);
  });

  test("catches up after a restart of the gateway, and sends what was written meanwhile, once and in order", async () => {
    await send(text("before"));
    await page.goto(contact.chatUrl);
    await page.getByText("before", { exact: true }).waitFor();

    const { port } = gateway;
    await gateway.close();
    await page.getByText("Connecting…").waitFor();
    for (const words of ["one", "two"]) {
      await written().fill(words);
      await written().press("Enter");
    }
    await page.getByTitle("Sending").waitFor();
    gateway = await start(port);
    await send(text("after"));

    await page.getByText("after", { exact: true }).waitFor();
    await own("two").getByTitle("Sent").waitFor();
    await page.getByText("Connecting…").waitFor({ state: "detached" });
    expect(await inbound()).toEqual([
      { type: "text", text: "one" },
      { type: "text", text: "two" },
    ]);
    expect(await page.locator("li.own").count()).toBe(2);
    expect(await page.getByText("before", { exact: true }).count()).toBe(1);
  });

  test("says when the customer is offline, and sends when the network is back", async () => {
    await send(quickReply("Menu", [{ label: "Sales", value: "dept_sales" }]));
    await page.goto(contact.chatUrl);
    await page.getByRole("button", { name: "Sales" }).waitFor();

    await context.setOffline(true);
    await page.getByText("You are offline").waitFor();
    await page.getByRole("button", { name: "Sales" }).click();
    await own("Sales").getByTitle("Sending").waitFor();
    await context.setOffline(false);

    await own("Sales").getByTitle("Sent").waitFor();
    await page.getByText("You are offline").waitFor({ state: "detached" });
    expect(await inbound()).toMatchObject([{ value: "dept_sales" }]);
  });

  test("ends with the conversation, begins again with it, and is gone with the contact", async () => {
    await page.goto(contact.chatUrl);
    await written().waitFor();

    await client.contacts.close(contact.id);
    await page.getByText("This conversation has ended.").waitFor();
    await client.contacts.update(contact.id, { state: "active" });
    await written().waitFor();
    await client.contacts.delete(contact.id);
    await page.getByText("This chat is not available").waitFor();
    await page.reload();
    await page.getByText("This chat is not available").waitFor();
  });
});
