import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OpenMessagingClient, quickReply } from "@quickcard/client";
import { vendors } from "@quickcard/emulator/vendors";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { findViolations } from "../../../testing/find-violations.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { emptyFolder, json, quickcard, type Running, startQuickcard } from "./run-quickcard.ts";

const executablePath = findChromium();
const pictures = fileURLToPath(new URL("../../../test-results/dev-channels/", import.meta.url));

/** A picture of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

interface Phone {
  channel: string;
  name: string;
  app: string;
  contactId: string;
  address: string;
  phoneUrl: string;
}

const onChannels = (...channels: string[]) => channels.flatMap((channel) => ["--channel", channel]);

async function startDev(cwd: string, ...words: string[]) {
  const demo = startQuickcard(["dev", "--port", "0", "--json", ...words], { cwd });
  const [line] = await demo.printed(/.*"ready":true.*\n/);
  const ready = json(line) as { deskUrl: string; url: string; dotenv: string; phones: Phone[] };
  return { demo, ready };
}

function openClient({ url, dotenv }: { url: string; dotenv: string }): OpenMessagingClient {
  const variable = (name: string) =>
    new RegExp(`^${name}=(.*)$`, "m").exec(readFileSync(dotenv, "utf8"))?.[1] ?? "";
  return new OpenMessagingClient({
    baseUrl: url,
    clientId: variable("GENESYS_CLIENT_ID"),
    clientSecret: variable("GENESYS_CLIENT_SECRET"),
  });
}

describe.skipIf(!executablePath)("the customers' phones beside the agent's desk", () => {
  let browser: Browser;
  let demo: Running;
  let ready: Awaited<ReturnType<typeof startDev>>["ready"];
  let client: OpenMessagingClient;
  let page: Page;
  let phone: FrameLocator;
  const mistakes: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
    ({ demo, ready } = await startDev(emptyFolder(), ...onChannels(...vendors)));
    client = openClient(ready);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => mistakes.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && mistakes.push(message.text())));
    await page.goto(ready.deskUrl);
    phone = page.frameLocator("iframe");
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    await client.close();
    expect((await demo.stop()).code).toBe(0);
    expect(mistakes).toEqual([]);
  });

  test.each(vendors)(
    "on %s: customer, agent, bot and program see each other, and taps come back",
    async (channel) => {
      const { name, app, contactId } = ready.phones.find((one) => one.channel === channel) as Phone;
      const agentLog = page.getByRole("log", { name: "Messages" });
      const play = (reply: string) => page.getByRole("button", { name: reply, exact: true }).click();
      await page.getByRole("combobox", { name: "Phone" }).selectOption({ label: `${name} · ${app}` });
      await phone.getByRole("region", { name: `The phone of ${name}` }).waitFor();
      await page.getByRole("heading", { name, exact: true }).waitFor();

      await phone.getByRole("textbox", { name: "Message" }).fill("Is the mug in stock?");
      await phone.getByRole("button", { name: "Send" }).click();
      await agentLog.getByText("Is the mug in stock?").waitFor();
      await page.getByRole("button", { name: "Answer" }).click();
      const file = { name: "pixel.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") };
      await phone.getByLabel("Pictures to send").setInputFiles(file);
      for (const log of [agentLog, phone.getByRole("log")]) {
        const widths = () =>
          log
            .getByRole("img")
            .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
        await expect.poll(widths).toContain(1);
      }
      await play("Carousel");
      // Where the cards come one after the other, each pushes up what is above it.
      await phone.getByText("Wants water once a week").first().waitFor();
      const choose = phone.getByRole("button", { name: "Choose" }).nth(1);
      await choose.or(phone.getByRole("button", { name: "Mug" })).click();
      await agentLog.getByText("carousel-mug-1").waitFor();
      await play("Quick replies");
      await phone.getByRole("button", { name: "Yes" }).click();
      await agentLog.getByText(/^yes$/).waitFor();
      const choices = [
        { label: "To the door", value: "door" },
        { label: "To the shop", value: "shop" },
      ];
      await client.messages.send(contactId, quickReply("Where to?", choices));
      await phone.getByRole("button", { name: "To the shop" }).click();
      await agentLog.getByText("To the shop").last().waitFor();

      expect(await phone.locator(".phone-row", { hasText: "Where to?" }).count()).toBe(1);
      expect(await phone.getByText(/failed/).count()).toBe(0);
      for (const [width, colorScheme] of [
        [1280, "light"],
        [1280, "dark"],
        [375, "light"],
        [375, "dark"],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        if (width === 375) await page.getByRole("button", { name: "Customer", exact: true }).click();
        await page.screenshot({ path: `${pictures}${channel}-${width}-${colorScheme}.png` });
      }
      expect(await findViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: "light" });
    },
    30_000,
  );
});

test("the next start goes on with the same customers and chats; whose conversation was closed begins again by writing", async () => {
  const cwd = emptyFolder();
  const chatOf = async ({ phones: [phone] }: { phones: Phone[] }) => {
    const path = `/stand-in/customers/${phone?.address}/chat`;
    const { chat } = (await (await fetch(new URL(path, phone?.phoneUrl))).json()) as { chat: unknown[] };
    return chat;
  };
  const first = await startDev(cwd, ...onChannels("telegram"));
  const chat = await waitUntil(async () => {
    const entries = await chatOf(first.ready);
    return entries.length === 2 ? entries : undefined;
  });
  const [phone] = first.ready.phones;
  const earlier = openClient(first.ready);
  await earlier.contacts.close(phone?.contactId ?? "");
  await earlier.close();
  await first.demo.stop();
  const second = await startDev(cwd, ...onChannels("whatsapp", "telegram", "whatsapp"));
  const client = openClient(second.ready);
  const [onWhatsApp, again] = second.ready.phones;

  expect(second.ready.phones.map(({ channel }) => channel)).toEqual(["whatsapp", "telegram"]);
  expect(again?.contactId).toBe(phone?.contactId);
  expect(await chatOf({ phones: [again!] })).toEqual(chat);
  expect((await client.contacts.get(onWhatsApp?.contactId ?? "")).state).toBe("active");
  const actions = new URL(`/stand-in/customers/${again?.address}/actions`, again?.phoneUrl);
  await fetch(actions, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action: "type", text: "Once more" }),
  });
  await waitUntil(async () => (await client.contacts.get(again?.contactId ?? "")).state === "active");
  await client.close();
  await second.demo.stop();
});

test.each([
  [["--channel", "fax"], /'fax' is invalid[\s\S]*whatsapp, messenger, instagram, line, telegram/],
  [["--channel", "whatsapp", "--once"], /--once/],
])("dev %j is wrong usage, and says why", async (words, message) => {
  const { code, stderr } = await quickcard(["dev", ...words]);

  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
