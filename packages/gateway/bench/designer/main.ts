import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@quickcard/gateway";
import { type Browser, chromium, type Page } from "playwright-core";
import { machine } from "../../../../testing/bench/machine.ts";
import { chromiumArguments, findChromium } from "../../../../testing/find-chromium.ts";
import { timeKey, watchKeys } from "./key-to-paint.ts";

/** How many keys are timed in each field, all fields in turn. */
const keys = 30;
const promisedMs = 100;

/** A field in which keys are pressed, and where what they change is seen. */
interface Field {
  name: string;
  page: Page;
  /** Below it lies what changes last. */
  seen: string;
}

const executablePath = findChromium();
if (!executablePath) process.exit(1);
const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-bench-designer-"));
const gateway = await serve({ port: 0, host: "127.0.0.1", dataDirectory, allowHttpMedia: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
try {
  const fields = [
    await openBareField(browser),
    await openDesigner("sample=menu"),
    await openDesigner("sample=product-card"),
    await openDesigner("sample=plants"),
    await openDesigner("sample=plants&editor=json"),
  ];
  const times = await measure(fields);
  console.log(`${machine()}, Chromium ${browser.version()}`);
  console.log(`From a key until its preview is painted, ${keys} keys each, in turn:`);
  for (const [index, { name }] of fields.entries())
    console.log(`  ${name}: ${summary(times[index] ?? [])}, ${ratio(times[index] ?? [], times[0] ?? [])}`);
  console.log(`Promised: a median under ${promisedMs} ms`);
} finally {
  await browser.close();
  await gateway.close();
  rmSync(dataDirectory, { recursive: true });
}

/** The least that a browser can do: a letter typed in one field stands in another element too. */
async function openBareField(from: Browser): Promise<Field> {
  const page = await from.newPage();
  await watchKeys(page);
  await page.goto(`${gateway.url}/healthz`);
  await page.setContent("<input><p id=copy>-</p>");
  await page.evaluate(() => {
    const field = document.querySelector("input") as HTMLInputElement;
    const copy = document.querySelector("#copy") as HTMLElement;
    field.addEventListener("input", () => (copy.textContent = field.value));
    field.focus();
  });
  return { name: "a bare field and its copy", page, seen: "#copy" };
}

async function openDesigner(fragment: string): Promise<Field> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await watchKeys(page);
  await page.goto(`${gateway.url}/designer#${fragment}`);
  await page.getByRole("heading", { name: "On each channel" }).waitFor();
  if (fragment.includes("editor=json")) await focusTitleInJson(page);
  else await page.getByLabel("Title").first().focus();
  return { name: `the designer, ${fragment}`, page, seen: ".channel:last-child .phone" };
}

/** Puts the caret into the first title's text. */
async function focusTitleInJson(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Message as JSON" }).waitFor();
  await page.locator(".cm-line", { hasText: '"title"' }).first().click();
  for (const key of ["End", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
}

async function measure(fields: readonly Field[]): Promise<number[][]> {
  const times: number[][] = fields.map(() => []);
  for (let round = 0; round < keys; round += 1)
    for (const [index, { page, seen }] of fields.entries()) {
      await page.bringToFront();
      const key = String.fromCodePoint("a".codePointAt(0)! + (round % 26));
      times[index]?.push(await timeKey(page, key, seen));
    }
  return times;
}

function summary(times: readonly number[]): string {
  const [least, median, most] = [0.05, 0.5, 0.95].map((part) => quantile(times, part).toFixed(1));
  const [worst, first] = [Math.max(...times), times[0] ?? Number.NaN].map((time) => time.toFixed(1));
  return `median ${median} ms (5 to 95 %: ${least} to ${most}; at most ${worst}; the first ${first})`;
}

function ratio(times: readonly number[], baseline: readonly number[]): string {
  return `${(quantile(times, 0.5) / quantile(baseline, 0.5)).toFixed(1)} × the bare field`;
}

function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}
