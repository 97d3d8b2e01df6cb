import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient } from "@quickcard/client";
import { channelProfiles } from "@quickcard/content/channels";
import { openClientRegistry, type RunningGateway, serve } from "@quickcard/gateway";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";

const executablePath = findChromium();

describe.skipIf(!executablePath)("the designer", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-designer-"));
  let browser: Browser;
  let gateway: RunningGateway;
  let client: OpenMessagingClient;
  let token: string;
  let credentials: { clientId: string; clientSecret: string };
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const registry = openClientRegistry(dataDirectory);
    const scopes = ["messages:send", "conversations:read", "conversations:write"] as const;
    const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes: [...scopes] });
    await registry.close();
    credentials = { clientId, clientSecret };
    gateway = await serve({ port: 0, host: "127.0.0.1", dataDirectory, allowHttpMedia: true });
    client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
    const answer = await fetch(`${gateway.url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    token = ((await answer.json()) as { access_token: string }).access_token;
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(async () => {
    await browser.close();
    await client.close();
    await gateway.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.exposeFunction("complain", (words: string) => void complaints.push(words));
    // What no page and no script caused is the browser's own: it styles what is typed over a selection.
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile, blockedURI }) => {
        if (sourceFile || blockedURI !== "inline") Reflect.get(globalThis, "complain")(violatedDirective);
      });
    });
    await page.route("**", (route) => {
      if (new URL(route.request().url()).origin === gateway.url) return route.continue();
      if (!route.request().url().startsWith("https://example.com/")) complaints.push(route.request().url());
      return route.fulfill({ status: 404 });
    });
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  const open = async (fragment = "") => {
    await page.goto(`${gateway.url}/designer${fragment}`);
    await page.getByRole("heading", { name: "On each channel" }).waitFor();
  };
  const channel = (title: string) => page.getByRole("listitem", { name: title, exact: true });
  const whatsapp = () => channel(channelProfiles.whatsapp.title);

  /** What has the focus, by the name that it is called by. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const labels = isField ? [...(element.labels ?? [])] : [];
      const words = element?.getAttribute("aria-label") ?? labels[0]?.textContent ?? element?.textContent;
      return words?.trim() ?? "";
    });

  /** Goes with the Tab key to what is called so. */
  async function tabTo(name: string | RegExp, key = "Tab"): Promise<void> {
    for (let pressed = 0; pressed < 150; pressed++) {
      const words = await focused();
      if (typeof name === "string" ? words === name : name.test(words)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`The Tab key does not lead to ${name}; it ended at ${await focused()}`);
  }

  test("is used with the keyboard alone: a sample is chosen, changed, copied and sent", async () => {
    const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });
    await open();

    await tabTo("Samples");
    await page.keyboard.press("Enter");
    await tabTo("Product card");
    await page.keyboard.press("Enter");
    await whatsapp().getByText("New Product Launch").waitFor();

    await tabTo("Title");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Spring collection");
    await whatsapp().getByText("Spring collection").waitFor();

    await tabTo("Add button");
    await page.keyboard.press("Enter");
    await expect.poll(focused).not.toBe("Add button");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Call me back");
    await channel(channelProfiles.telegram.title).getByRole("button", { name: "Call me back" }).waitFor();

    await tabTo("Copy as", "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo("JSON");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await tabTo("Copy: Python");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor({ state: "attached" });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^import os.*"title": "Call me back".*requests\.post/s,
    );
    await page.keyboard.press("Escape");

    await tabTo("Send");
    await page.keyboard.press("Enter");
    await tabTo("Contact id");
    await page.keyboard.type(contact.id);
    await tabTo("Access token");
    await page.keyboard.type(token);
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Accepted as message" }).waitFor();

    const { entities } = await client.messages.list(contact.id);
    expect(entities.map(({ content }) => content)).toMatchObject([
      {
        type: "card",
        title: "Spring collection",
        actions: [{ title: "Learn More" }, { title: "Visit Website" }, { title: "Call me back" }],
      },
    ]);
    const kept = await page.evaluate(() => JSON.stringify([location.href, localStorage, sessionStorage]));
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(contact.id);
  });

  test("JSON is completed by the schema, and its faults are told with their place", async () => {
    await open();
    await tabTo("Form");
    await page.keyboard.press("ArrowRight");
    const editor = page.getByRole("textbox", { name: "Message as JSON" });
    await editor.waitFor();
    await tabTo(/^$/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type('{"type":"card","title":"Hello","sub');
    // While more is looked for, the list is shown and takes no key.
    const list = page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)");
    await list.getByRole("option", { name: "subtitle" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("World");

    await whatsapp().getByText("World").waitFor();

    await page.keyboard.press("ArrowRight");
    await page.keyboard.type(',"actions":[{"type":"postback","title":"Go"}]');
    await page.getByRole("status").filter({ hasText: "/actions/0/payload" }).waitFor();
    await page.getByRole("status").filter({ hasText: "the message before the last change" }).waitFor();
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
  });

  test("a window that Escape has closed takes no other with it, however fast the next is opened", async () => {
    await open("#sample=menu");
    const send = page.getByRole("dialog", { name: "Send to a contact" });

    await page.getByRole("button", { name: "Copy as" }).click();
    await page.evaluate(() => {
      document.querySelector("dialog")?.close();
      [...document.querySelectorAll("button")]
        .find(({ textContent }) => textContent.trim() === "Send")
        ?.click();
    });

    await send.waitFor();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
    expect(await send.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await send.waitFor({ state: "hidden" });
  });

  test("the address holds the message and how it is looked at, and opens there again", async () => {
    await open("#sample=menu&channels=whatsapp,sms&scheme=dark");
    await page.waitForURL(/#m=/);
    const ofSample = page.url();
    await page.getByLabel("Title").fill("Wie können wir helfen? 🚲");
    await page.waitForURL(({ href }) => href !== ofSample);
    const address = page.url();

    await page.goto("about:blank");
    await page.goto(address);

    await whatsapp().getByText("Wie können wir helfen? 🚲").waitFor();
    expect(await page.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
      channelProfiles.whatsapp.title,
      channelProfiles.sms.title,
    ]);

    await page.goto("about:blank");
    await page.goto(await client.messages.previewUrl({ type: "text", text: "From a program" }));
    await whatsapp().getByText("From a program").waitFor();

    await page.goto("about:blank");
    await page.goto(`${gateway.url}/designer#m=damaged`);
    await page.getByRole("alert").filter({ hasText: "damaged" }).waitFor();
  });

  test("a link may name contact and client; the secret is typed, and in no address", async () => {
    const contact = await client.contacts.create({ channel: "web", displayName: "Ada" });
    await open(`#sample=menu&contact=${contact.id}&client=${credentials.clientId}`);
    await page.waitForURL(/#m=/);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByLabel("Client secret").fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "does not know this client" }).waitFor();

    await page.getByLabel("Client secret").fill(credentials.clientSecret);
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Accepted as message" }).waitFor();

    expect((await client.messages.list(contact.id)).entities).toHaveLength(1);
    const kept = await page.evaluate(() => JSON.stringify([location.href, localStorage, sessionStorage]));
    expect(kept).not.toContain(credentials.clientSecret);
    expect(kept).not.toContain(contact.id);
  });

  test("a notice leads to the field that it is about, and a tap tells what comes back", async () => {
    await open("#sample=delivery-window");

    await whatsapp().getByRole("button", { name: "Another day" }).click();
    await whatsapp().getByRole("status").filter({ hasText: "slot_other_day" }).waitFor();

    await page.getByLabel("Label").first().fill("Very early in the morning, before you leave for work");
    await whatsapp().getByRole("button", { name: "Go to /choices/0/label" }).first().click();
    expect(
      await page
        .getByLabel("Label")
        .first()
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);
  });

  test("type and channels are chosen with the keyboard, and axe finds no fault in what opens", async () => {
    await open("#sample=menu");
    await tabTo("Type");
    await page.keyboard.type("Location");
    await expect.poll(() => page.getByLabel("Latitude").count()).toBe(1);

    await tabTo("All channels");
    await page.keyboard.press("Enter");
    expect(await findViolations(page)).toEqual([]);
    await tabTo("None");
    await page.keyboard.press("Enter");
    await tabTo(channelProfiles.line.title, "Shift+Tab");
    await page.keyboard.press("Space");
    const shown = page.getByRole("heading", { level: 3 });
    await expect.poll(() => shown.allTextContents()).toEqual([channelProfiles.line.title]);

    for (const name of ["Samples", "Copy as", "Send"]) {
      await tabTo(name, "Shift+Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
});
