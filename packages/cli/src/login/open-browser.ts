import { spawn } from "node:child_process";
import type { Surroundings } from "../surroundings.ts";

/** What shows a page in the user's browser, by platform. */
const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  // Not `start`, which is the shell's and would take the `&` of a URL for its own.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Shows a page in the user's browser, that of `BROWSER` if it is set; answers whether a program for it could be started. */
export function openBrowser(url: string, env: Surroundings["env"]): Promise<boolean> {
  const [command = "xdg-open", ...words] = env.BROWSER ? [env.BROWSER] : (openers[process.platform] ?? []);
  return new Promise((resolve) => {
    const browser = spawn(command, [...words, url], { stdio: "ignore", detached: true });
    browser.once("error", () => resolve(false));
    browser.once("spawn", () => {
      browser.unref();
      resolve(true);
    });
  });
}
