import { createServer, type Server } from "node:http";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { listen, stopListening } from "../../../testing/listen.ts";
import { sampleConversation } from "../../../testing/sample-conversation.ts";
import { buildPages } from "./build-pages.ts";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { eventually, expectSoon } from "./eventually.ts";

const executablePath = findChromium();
const text = (words: string) => ({ type: "text", text: words });

describe.skipIf(!executablePath)("the chat in a browser", () => {
  let browser: Browser;
  let pages: Awaited<ReturnType<typeof buildPages>>;
  let server: ChatServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    pages = await buildPages();
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  });

  afterAll(async () => {
    await browser.close();
    await pages.remove();
  });

  beforeEach(async () => {
    server = await startChatServer(pages.directory);
    page = await browser.newPage({ viewport: { width: 375, height: 700 } });
    complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (/security policy/i.test(message.text())) complaints.push(message.text());
    });
  });

  afterEach(async () => {
    await page.context().close();
    await server.down();
    expect(complaints).toEqual([]);
  });

  const field = () => page.getByRole("textbox", { name: "Message" });
  const own = () => page.locator("li.own");

  async function write(words: string): Promise<void> {
    await field().fill(words);
    await field().press("Enter");
  }

  test("stands on a site of another origin that forbids inline styles, in that site's colours, and tells it of messages", async () => {
    const site = await startSite(server);
    server.send(text("Hello"));
    await page.goto(site.url);
    await page.getByText("Hello").waitFor();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      document.addEventListener("quickcard-message", (event) => {
        seen.push((event as CustomEvent<{ direction: string }>).detail.direction);
      });
    });

    server.send(text("Anything else?"));
    await page.getByText("Anything else?").waitFor();
    await write("No, thank you");
    await page.getByText("No, thank you").waitFor();

    await eventually(() => expect(server.posted).toHaveLength(1));
    await page.waitForFunction("seen.length === 2");
    expect(await page.evaluate("seen")).toEqual(["outbound", "inbound"]);
    const send = page.getByRole("button", { name: "Send" });
    await field().fill("x");
    await expectSoon(() => send.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe(
      "rgb(90, 20, 60)",
    );
    expect(await page.getByRole("heading", { name: "Ask us" }).count()).toBe(1);
    expect(await findViolations(page)).toEqual([]);
    await site.close();
  });

  test("treats all that a message holds as text, and shows what it does not know as such", async () => {
    const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    server.send(text(hostile));
    server.send({
      type: "card",
      title: hostile,
      subtitle: hostile,
      actions: [{ type: "web_url", title: hostile, url: "javascript:window.hacked=1" }],
    });
    server.send({ type: "hologram", text: "?" });
    server.send({ type: "carousel", cards: 7 });
    server.send({ type: "location", latitude: "north" });
    server.send(text("the last one"));

    await page.goto(server.chatUrl);
    await page.getByText("the last one").waitFor();

    expect(await page.getByText("This message cannot be shown here").count()).toBe(3);
    expect(await page.getByRole("link").count()).toBe(0);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
  });

  test("sends what was written while the gateway was away, in order and once, also after the page was loaded again", async () => {
    await page.goto(server.chatUrl);
    await page.getByText("Write a message below").waitFor();
    server.fail("/messages", 503, 1000);
    await write("one");
    await write("two");
    await expectSoon(() => page.getByTitle("Sending").count()).toBe(1);

    await page.reload();
    await page.getByText("two").waitFor();
    server.forgive();
    await page.evaluate(() => dispatchEvent(new Event("online")));

    await own().getByTitle("Sent").waitFor();
    expect(server.log.map(({ content }) => content.type === "text" && content.text)).toEqual(["one", "two"]);
    expect(await own().count()).toBe(2);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test("says what was not sent, and tries again when told", async () => {
    await page.goto(server.chatUrl);
    server.fail("/messages", 400, 1);
    await write("refused");

    await page.getByRole("button", { name: "Try again" }).click();

    await own().getByTitle("Sent").waitFor();
    expect(server.log).toHaveLength(1);
  });

  test("tells of a message as delivered where it is shown, and as read where it has been in view", async () => {
    const count = 60;
    for (let index = 0; index < count; index++) server.send(text(`message ${index}`));
    await page.goto(server.chatUrl);
    const told = (status: string) =>
      new Set(server.receipts.flatMap((one) => (one.status === status ? one.messageIds : [])));
    await eventually(() => expect(told("read").has(`m${count}`)).toBe(true));
    await eventually(() => expect(told("delivered").has("m1")).toBe(true));
    expect(told("read").has("m1")).toBe(false);

    await page.getByText("message 0").scrollIntoViewIfNeeded();

    await eventually(() => expect(told("read").has("m1")).toBe(true));
    expect(server.receipts.flatMap((one) => (one.status === "read" ? one.messageIds : [])).length).toBe(
      told("read").size,
    );
  });

  test("keeps its place while earlier messages are loaded, and follows new ones only at the end", async () => {
    for (let index = 0; index < 250; index++)
      server.send(text(`message ${index}`), new Date(Date.UTC(2026, 10, 20, 8, index)));
    await page.goto(server.chatUrl);
    await page.getByText("message 249").waitFor();

    const first = page.getByText("message 150", { exact: true });
    await page.getByRole("log").evaluate((log) => log.scrollTo(0, 150));
    const before = await first.boundingBox();
    await page.getByText("message 50", { exact: true }).waitFor({ state: "attached" });
    expect(Math.abs((await first.boundingBox())!.y - before!.y)).toBeLessThan(2);

    server.send(text("a new one"));
    await page.getByRole("button", { name: "1 new message" }).click();
    await expectSoon(() => page.getByText("a new one").isVisible()).toBe(true);
    await expectSoon(() => page.getByRole("button", { name: /new message/ }).count()).toBe(0);
    server.send(text("and one more"));
    await expectSoon(async () => (await page.getByText("and one more").boundingBox())!.y).toBeLessThan(700);
  });

  test("turns the cards of a carousel by the arrow keys, the wheel and its buttons", async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    server.send(sampleConversation(server.origin).find(({ type }) => type === "carousel"));
    await page.goto(server.chatUrl);
    const track = page.getByRole("list", { name: "Cards" });
    const isFirst = (name: string) =>
      expectSoon(async () => {
        const [card, whole] = [await page.getByText(name).first().boundingBox(), await track.boundingBox()];
        return Math.round(card!.x - whole!.x) < 60 && card!.x > whole!.x;
      }).toBe(true);
    await isFirst("Aria desk lamp");

    await track.focus();
    await page.keyboard.press("ArrowRight");
    await isFirst("Bruno desk lamp");
    await page.getByRole("button", { name: "Next card" }).click();
    await isFirst("Carla desk lamp");
    await page.getByRole("button", { name: "Previous card" }).click();
    await isFirst("Bruno desk lamp");
    await track.hover();
    await page.mouse.wheel(0, -120);
    await isFirst("Aria desk lamp");
  });

  test("is used with the keyboard alone: a choice, and then the text field", async () => {
    server.send(sampleConversation(server.origin).at(-1));
    await page.goto(server.chatUrl);
    await page.getByRole("button", { name: "Technical Support" }).waitFor();
    await page.getByRole("log").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");

    await page.keyboard.press("Enter");

    await own().getByTitle("Sent").waitFor();
    expect(await page.getByRole("group").count()).toBe(0);
    expect(await field().evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  test("ends with the conversation, and says when there is none", async () => {
    await page.goto(server.chatUrl);
    await field().waitFor();

    server.setState("closed");
    await page.getByText("This conversation has ended.").waitFor();
    expect(await field().count()).toBe(0);
    server.setState("active");
    await field().waitFor();
    server.setState("deleted");
    await page.getByText("This chat is not available").waitFor();

    expect(await findViolations(page)).toEqual([]);
  });
});

/** A site that is strict about what runs in it, and loads the element from the gateway. */
async function startSite(gateway: ChatServer): Promise<{ url: string; close(): Promise<void> }> {
  const policy = `default-src 'none'; script-src ${gateway.origin}; connect-src ${gateway.origin}; style-src 'self'`;
  const html = `<!doctype html><html lang="en"><title>Shop</title><link rel="stylesheet" href="/site.css">
    <script type="module" src="${gateway.origin}/quickcard-chat.js"></script>
    <main><h1>Shop</h1><quickcard-chat src="${gateway.chatUrl}" heading="Ask us"></quickcard-chat></main></html>`;
  const site: Server = createServer((request, response) => {
    const isStyle = request.url === "/site.css";
    response.setHeader("content-type", isStyle ? "text/css" : "text/html");
    response.setHeader("content-security-policy", policy);
    response.end(isStyle ? "quickcard-chat { --quickcard-accent: rgb(90 20 60); height: 400px; }" : html);
  });
  const { url } = await listen(site);
  return {
    url: `${url}/`,
    close: () => stopListening(site),
  };
}
