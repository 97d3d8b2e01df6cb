import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const script = fileURLToPath(new URL("key-watch.js", import.meta.url));

interface KeyWatch {
  start(selector: string): void;
  painted(): Promise<number>;
}

/** Makes a page able to time keys. To be called before the page is opened. */
export async function watchKeys(page: Page): Promise<void> {
  await page.addInitScript({ path: script });
}

/** Presses a key where the focus is. @returns The milliseconds until what it changed below `selector` was painted. */
export async function timeKey(page: Page, key: string, selector: string): Promise<number> {
  await page.evaluate((place) => (Reflect.get(globalThis, "keyWatch") as KeyWatch).start(place), selector);
  await page.keyboard.press(key);
  return page.evaluate(() => (Reflect.get(globalThis, "keyWatch") as KeyWatch).painted());
}
