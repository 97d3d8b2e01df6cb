import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { startOrganisation, webhookSecret } from "./start-emulator.ts";

const executablePath = findChromium();

/** A customer's page, which other origins may show in a frame. */
async function startCustomerPage() {
  const server = createServer((_, response) =>
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Chat</title><p>The chat of Ada"),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.skipIf(!executablePath)("the agent desk in a browser", () => {
  let browser: Browser;
  let organisation: Awaited<ReturnType<typeof startOrganisation>>;
  let page: Page;
  let mistakes: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    organisation = await startOrganisation({ agents: [{ name: "Grace" }] });
    await organisation.emulator.listen({ port: 0 });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    mistakes = [];
    page.on("pageerror", (error) => mistakes.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && mistakes.push(message.text())));
  });
  afterEach(async () => {
    await page.context().close();
    await organisation.close();
    expect(mistakes).toEqual([]);
  });

  const open = async () => {
    await page.goto(organisation.emulator.deskUrl);
    await page.getByText("Connected", { exact: true }).waitFor({ state: "attached" });
  };
  const log = () => page.getByRole("log", { name: "Messages" });
  const exchange = (name: RegExp) =>
    page.getByRole("list", { name: /^Exchanges/ }).getByRole("button", { name });

  test("the agent sees what the customer writes, answers, and has the bot send a carousel that the customer taps", async () => {
    const { middleware, say, callApi, integrationId } = organisation;
    await open();
    await page.getByRole("heading", { name: "Nobody has written yet" }).waitFor();

    await say("Is the lamp in stock?");
    await log().getByText("Is the lamp in stock?").waitFor();
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByRole("region", { name: "Conversation with Bob" }).getByText("With Grace").waitFor();
    await page.getByRole("textbox", { name: "Message to the customer" }).fill("It is. Look:");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Carousel" }).click();
    await middleware.until(2);
    const [, carousel] = middleware.received;
    await callApi(
      "POST",
      `/api/v2/conversations/messages/${integrationId}/inbound/open/structured/response`,
      {
        channel: { from: { id: "cust-42", idType: "Opaque" }, time: "2026-01-01T00:00:01.000Z" },
        buttonResponse: { type: "Button", text: "Choose", payload: "carousel-mug-1" },
        originatingMessageId: carousel?.body.id,
      },
    );

    await log()
      .waitFor({ state: "attached" })
      .catch(() => {});
    await log().getByText("carousel-mug-1").waitFor();
    expect(middleware.received[0]?.body).toMatchObject({ text: "It is. Look:", originatingEntity: "Human" });
    expect(carousel?.body.content[0].carousel.cards).toHaveLength(3);
    await log().getByRole("group", { name: "3 cards" }).getByText("Mug", { exact: true }).waitFor();
  });

  test("the wire log shows a webhook with its body and signature, gives its command, and sends it once more", async () => {
    const { middleware, say, emulator } = organisation;
    const conversationId = await say("Hello");
    emulator.agent().send(conversationId, "Hi Bob");
    await middleware.until(1);
    await open();

    await exchange(/Webhook.*Hi Bob.*signed/).click();
    const detail = page.getByRole("article", { name: "Exchange" });
    expect(await detail.locator("pre").first().textContent()).toContain('"text": "Hi Bob"');
    await detail.getByRole("button", { name: "Copy as curl" }).click();
    await detail.getByRole("button", { name: "Copied" }).waitFor();
    await detail.getByRole("button", { name: "Replay" }).click();
    await middleware.until(2);

    const [first, second] = middleware.received;
    expect(second?.text).toBe(first?.text);
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(`curl -X POST '${middleware.url}'`);
    expect(command).toContain(`'X-Hub-Signature-256: ${first?.headers["x-hub-signature-256"]}'`);
    expect(command).toContain(first?.text);
    await expect.poll(() => exchange(/Webhook.*Hi Bob/).count()).toBe(2);
  });

  test("no secret reaches the page", async () => {
    const { say, callApi } = organisation;
    const answers: string[] = [];
    page.on("response", async (response) => {
      if (!response.url().includes("/stream")) answers.push(await response.text().catch(() => ""));
    });
    await say("Hello");
    await callApi("POST", "/api/v2/conversations/messaging/integrations/open", {
      name: "Other",
      outboundNotificationWebhookUrl: "http://127.0.0.1:9/webhook",
      outboundNotificationWebhookSignatureSecretToken: webhookSecret,
    });
    await open();

    await exchange(/oauth\/token/).click();
    await page.getByText('"access_token": "(hidden)"').waitFor();
    await exchange(/integrations\/open/).click();
    await page.getByText('"outboundNotificationWebhookSignatureSecretToken": "(hidden)"').first().waitFor();
    await page.getByText("Headers").first().click();
    await page.getByRole("button", { name: "Copy as curl" }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/"authorization: Bearer \$TOKEN"/i);
    for (const text of [...answers, await page.content(), command]) expect(text).not.toContain(webhookSecret);
  });

  test("faults are set and taken off, and a wrong signature shows", async () => {
    const { say, emulator } = organisation;
    const conversationId = await say("Hello");
    await open();

    await page.getByRole("button", { name: "Faults" }).click();
    const dialog = page.getByRole("dialog", { name: "Faults" });
    await dialog.getByRole("button", { name: /^Wrong signature/ }).click();
    await dialog.getByLabel("Where").selectOption("request");
    await dialog.getByLabel("What").selectOption("latency");
    await dialog.getByLabel("Milliseconds").fill("1");
    await dialog.getByLabel("How often").fill("");
    await dialog.getByRole("button", { name: "Set", exact: true }).click();
    await dialog.getByText("API: take longer 1 ms, each time").waitFor();
    expect(emulator.faults.list()).toMatchObject([
      { on: "webhook", kind: "bad-signature", times: 1 },
      { on: "request", kind: "latency", ms: 1 },
    ]);
    await dialog.getByRole("button", { name: "Close" }).click();
    emulator.agent().send(conversationId, "Hi");

    await exchange(/bad-signature.*wrong signature/).waitFor();
    await page.getByRole("button", { name: "Faults 1" }).click();
    await dialog.getByRole("button", { name: /^Take off: API/ }).click();
    await dialog.getByText("Nothing goes wrong now.").waitFor();
    expect(emulator.faults.list()).toEqual([]);
  });

  test("the clock is turned forward by a day", async () => {
    const { emulator } = organisation;
    await open();

    await page.getByRole("button", { name: "Turn the clock forward +24 h" }).click();

    await page.getByText("24 hours ahead").waitFor({ state: "attached" });
    expect(emulator.clock.now() - Date.now()).toBeGreaterThan(86_000_000);
  });

  test("by keyboard alone a conversation is answered, a file is sent, a row of the log is read, and the conversation ends", async () => {
    const { middleware, say, callApi } = organisation;
    const conversationId = await say("Hello");
    await open();
    const press = async (name: string, role: "button" | "textbox" = "button") => {
      const wanted = page.getByRole(role, { name, exact: true });
      for (let stops = 0; stops < 60; stops += 1) {
        if (await wanted.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`the Tab key does not come to ${name}`);
    };

    await press("Answer");
    await page.keyboard.press("Enter");
    const chooser = page.waitForEvent("filechooser");
    await press("Send a file");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles({
      name: "my notes.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("abc"),
    });
    await middleware.until(1);
    await log().getByText("my-notes.txt").waitFor();
    const { url } = middleware.received[0]?.body.content[0].attachment ?? {};
    expect(await (await fetch(url)).text()).toBe("abc");

    await exchange(/Webhook/)
      .first()
      .focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("article", { name: "Exchange" }).waitFor();

    await press("End conversation");
    await page.keyboard.press("Enter");
    await page.getByText("This conversation has ended.").waitFor();
    const { body } = await callApi("GET", `/api/v2/conversations/messages/${conversationId}`);
    expect(body.participants[0].state).toBe("disconnected");
  });

  test("the customer's page stands beside the desk, and no other page may frame the desk", async () => {
    const customer = await startCustomerPage();
    try {
      organisation.emulator.showCustomers([{ name: "Ada", chatUrl: customer.url }]);
      await open();

      await page.frameLocator("iframe").getByText("The chat of Ada").waitFor();
      await page.getByRole("heading", { name: "Ada’s phone" }).waitFor();
      const { headers } = await fetch(organisation.emulator.deskUrl);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain(`frame-src ${new URL(customer.url).origin};`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
      expect(() => organisation.emulator.showCustomers([{ name: "Ada", chatUrl: "javascript:1" }])).toThrow(
        /chatUrl/,
      );
    } finally {
      customer.close();
    }
  });

  test("a desk that was open before shows customers who come later, and others in their place", async () => {
    const [first, second] = [await startCustomerPage(), await startCustomerPage()];
    try {
      await open();
      await page.getByText("No page of a customer’s is shown here.").waitFor();
      for (const customer of [first, second]) {
        organisation.emulator.showCustomers([{ name: "Ada", chatUrl: customer.url }]);
        await page.locator(`iframe[src="${customer.url}"]`).waitFor();
        await page.frameLocator("iframe").getByText("The chat of Ada").waitFor();
      }
    } finally {
      first.close();
      second.close();
    }
    // The browser says what it does not show, before the page is loaded anew.
    mistakes = mistakes.filter((mistake) => !/frame-src/.test(mistake));
  });

  test("says what the emulator refuses, and when it is gone", async () => {
    const { say, emulator } = organisation;
    const conversationId = await say("Hello");
    await open();
    await log().getByText("Hello").waitFor();

    await page.getByRole("textbox", { name: "Message to the customer" }).fill("x".repeat(2001));
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("textBody should NOT be longer than 2000 characters").waitFor();
    expect(await page.getByRole("textbox", { name: "Message to the customer" }).inputValue()).toHaveLength(
      2001,
    );
    expect(emulator.agent().messages(conversationId)).toHaveLength(1);
    await page.getByRole("button", { name: "Dismiss" }).click();

    await emulator.close();
    await page.getByText("Connection lost: trying again").waitFor();
    mistakes = mistakes.filter((mistake) => !/400 \(Bad Request\)|ERR_(CONNECTION|INCOMPLETE)/.test(mistake));
  });

  test("fits a narrow window and a wide one, and has no fault that axe finds, light and dark", async () => {
    const { say, emulator, middleware } = organisation;
    const conversationId = await say("Hello");
    for (const { reply } of (await (await fetch(`${emulator.url}/emulator/canned-replies`)).json()).entities)
      emulator.agent().sendAsBot(conversationId, reply);
    await middleware.until(5);
    for (const width of [375, 1280])
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await open();
        await log().getByText("When shall we call?").waitFor();
        expect(await findViolations(page)).toEqual([]);
        if (width === 375) await page.getByRole("button", { name: "Wire log" }).click();
        await exchange(/Carousel/).click();
        await page.getByRole("article", { name: "Exchange" }).waitFor();
        expect(await findViolations(page)).toEqual([]);
        await page.getByRole("button", { name: "Faults" }).click();
        expect(await findViolations(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
  }, 30_000);
});
