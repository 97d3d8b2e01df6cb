import { existsSync } from "node:fs";
import { Failure } from "../failure.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const width = 1280;

/**
 * Draws an HTML page as PNG with Chromium, through `playwright-core` where that is installed.
 * @throws Failure where either is missing, and how to mend it.
 */
export async function takePicture(
  html: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const executablePath = [env.CHROMIUM_PATH, ...places].find((place) => place && existsSync(place));
  const playwright = await import("playwright-core").catch(() => undefined);
  if (!playwright) throw missing("The package playwright-core", "npm install playwright-core");
  if (!executablePath) throw missing("Chromium", "install it, or name it in CHROMIUM_PATH");
  const browser = await playwright.chromium.launch({
    executablePath,
    // Chromium's sandbox does not start as root, as in most containers.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 2 });
    await page.setContent(html, { waitUntil: "load" });
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await browser.close();
  }
}

function missing(what: string, mend: string): Failure {
  return new Failure({
    code: "no_browser",
    message: `${what} is needed to write PNG, and is not there.`,
    fix: `${mend}; or write HTML, which needs neither: --out preview.html`,
  });
}
