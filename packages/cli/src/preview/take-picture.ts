import { launchBrowser } from "./launch-browser.ts";

/** A column of a preview and the space beside it, in CSS pixels. */
const columnWidth = 304;
const mostColumns = 4;
const margin = 20;

/** What is drawn, and with what. */
export interface PictureOptions {
  /** How many channels stand side by side. */
  channels: number;
  /** Where to look for `CHROMIUM_PATH`. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Draws a preview's page as PNG, no wider and no higher than what stands on it.
 * @throws Failure where there is no browser to draw it.
 */
export async function takePicture(
  html: string,
  file: string,
  { channels, env }: PictureOptions,
): Promise<void> {
  const browser = await launchBrowser(env);
  try {
    const width = Math.min(channels, mostColumns) * columnWidth + margin;
    const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 2 });
    await page.setContent(html, { waitUntil: "load" });
    await page.locator("main").screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
