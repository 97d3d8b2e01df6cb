import { existsSync } from "node:fs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The path of a Chromium to drive, from `CHROMIUM_PATH` or the usual places.
 * Where there is none the reason is printed and `undefined` returned, so that a test can skip; in CI that is an error.
 */
export function findChromium(): string | undefined {
  const path = [process.env.CHROMIUM_PATH, ...places].find((place) => place && existsSync(place));
  if (path) return path;
  const reason = "no Chromium found: install Debian's package chromium, or set CHROMIUM_PATH";
  if (process.env.CI) throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return undefined;
}

/** What Chromium is started with in tests: no sandbox (containers run as root), no traffic of its own. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
