import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { channelNames, channelProfiles } from "@quickcard/content/channels";
import { expect, test } from "vitest";
import { findChromium } from "../../../testing/find-chromium.ts";
import { emptyFolder, json, quickcard } from "./run-quickcard.ts";

const content = {
  type: "card",
  title: "New <Product> Launch",
  actions: [{ type: "postback", title: "Learn More", payload: "learn_more" }],
};

function folder(card: unknown = content): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "card.json"), JSON.stringify({ type: "message", content: card }));
  return cwd;
}

test("the terminal shows what a channel makes of a message, and what was changed", async () => {
  const { code, stdout } = await quickcard(["preview", "card.json", "--channel", "sms"], { cwd: folder() });

  expect(code).toBe(0);
  expect(stdout).toContain(channelProfiles.sms.title);
  expect(stdout).toContain("│ 1. Learn More");
  expect(stdout).toMatch(/! Choices are numbered lines of text/);
});

test("lines are broken to the terminal's width, links are left whole", async () => {
  const { stdout } = await quickcard(["preview", "card.json", "--channel", "sms"], {
    cwd: folder({
      ...content,
      subtitle: "word ".repeat(30).trim(),
      actions: [{ type: "web_url", title: "Read", url: `https://example.com/${"long".repeat(20)}` }],
    }),
    columns: 60,
  });

  const lines = stdout.split("\n");
  expect(lines.filter((line) => line.length > 60)).toEqual([`  │ https://example.com/${"long".repeat(20)}`]);
  expect(lines.filter((line) => /^ {2}│ (word ?)+$/.test(line)).length).toBe(3);
});

test("with --json, what each channel is given comes as one object a line", async () => {
  const { stdout } = await quickcard(["preview", "card.json", "--json"], { cwd: folder() });

  const results = stdout
    .trim()
    .split("\n")
    .map((line) => json(line) as { channel: string });
  expect(results.map(({ channel }) => channel)).toEqual(channelNames);
});

test("a page holds every channel, needs no script, and escapes what the message says", async () => {
  const cwd = folder();

  const { code } = await quickcard(["preview", "card.json", "--out", "card.html"], { cwd });

  const html = readFileSync(join(cwd, "card.html"), "utf8");
  expect(code).toBe(0);
  expect(html.split('class="phone"').length - 1).toBe(channelNames.length);
  expect(html).toContain("New &lt;Product> Launch");
  expect(html).not.toMatch(/<script|<link|url\(/);
});

test("a page is dark throughout where that is asked for", async () => {
  const cwd = folder();

  await quickcard(["preview", "card.json", "--out", "card.html", "--scheme", "dark"], { cwd });

  expect(readFileSync(join(cwd, "card.html"), "utf8")).toMatch(/color-scheme: dark[^:]*<\/style>/);
});

test.skipIf(!findChromium())("a picture is written with Chromium", async () => {
  const cwd = folder();
  const env = process.env.CHROMIUM_PATH ? { CHROMIUM_PATH: process.env.CHROMIUM_PATH } : {};

  const { code, stderr } = await quickcard(["preview", "card.json", "--out", "card.png"], { cwd, env });

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(readFileSync(join(cwd, "card.png")).subarray(1, 4).toString()).toBe("PNG");
});

test("where no browser starts, it is said which was tried and what else can be done", async () => {
  const cwd = folder();
  const env = { CHROMIUM_PATH: join(cwd, "nothing-here") };

  const { code, stderr } = await quickcard(["preview", "card.json", "--out", "card.png"], { cwd, env });

  expect(code).toBe(1);
  expect(stderr).toContain(`no browser starts at CHROMIUM_PATH, ${env.CHROMIUM_PATH}`);
  expect(stderr).toContain("--out preview.html");
});

test("a file of another kind is refused before anything is read", async () => {
  const cwd = folder();

  const { code, stderr } = await quickcard(["preview", "card.json", "--out", "card.jpg"], { cwd });

  expect(code).toBe(2);
  expect(stderr).toContain("--out preview.html");
  expect(existsSync(join(cwd, "card.jpg"))).toBe(false);
});
