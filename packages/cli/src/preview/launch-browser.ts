import { existsSync } from "node:fs";
import type { Browser, LaunchOptions } from "playwright-core";
import { Failure } from "../errors/failure.ts";

type Playwright = typeof import("playwright-core");
type Environment = Readonly<Record<string, string | undefined>>;

/** Where Linux keeps Chromium. Chrome and Edge are found by Playwright, on every system. */
const chromiumPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"];

/**
 * Starts the browser that `CHROMIUM_PATH` names, or else the first of Chromium, Chrome, Edge and Playwright's own
 * that is there, with no window.
 * @throws Failure `no_browser`, with what to install, where none starts.
 */
export async function launchBrowser(env: Environment): Promise<Browser> {
  const playwright = await loadPlaywright();
  for (const choice of choices(env)) {
    const browser = await launch(playwright, choice).catch(() => undefined);
    if (browser) return browser;
  }
  if (env.CHROMIUM_PATH)
    throw noBrowser(`no browser starts at CHROMIUM_PATH, ${env.CHROMIUM_PATH}`, "Name one that does");
  throw noBrowser(
    "neither Chromium nor Chrome nor Edge was found",
    "Install one, or name its program in CHROMIUM_PATH",
  );
}

async function loadPlaywright(): Promise<Playwright> {
  try {
    return await import("playwright-core");
  } catch {
    throw noBrowser(
      "the package playwright-core, which drives one, is not installed",
      "Install it where quickcard is: npm install playwright-core (with --global where quickcard is)",
    );
  }
}

function choices({ CHROMIUM_PATH: named }: Environment): LaunchOptions[] {
  if (named) return [{ executablePath: named }];
  const found = chromiumPaths.filter((path) => existsSync(path));
  return [
    ...found.map((executablePath) => ({ executablePath })),
    { channel: "chrome" },
    { channel: "msedge" },
    {},
  ];
}

function launch({ chromium }: Playwright, choice: LaunchOptions): Promise<Browser> {
  // Chromium's sandbox does not start as root, as in most containers.
  return chromium.launch({ ...choice, chromiumSandbox: process.getuid?.() !== 0 });
}

function noBrowser(why: string, mend: string): Failure {
  return new Failure({
    code: "no_browser",
    message: `A PNG is drawn by a browser, and ${why}.`,
    fix: `${mend}; or write a page, which needs no browser: --out preview.html`,
  });
}
