/** Draws the gallery's pictures as PNG, which every channel takes, from their SVG. Needs Chromium. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const drawings = new URL("../packages/web/pictures/", import.meta.url);
const output = new URL("../packages/web/public/assets/gallery/", import.meta.url);
const size = { width: 640, height: 360 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: size });
  for (const file of readdirSync(drawings)) {
    const svg = readFileSync(new URL(file, drawings), "utf8");
    await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    await page.screenshot({ path: fileURLToPath(new URL(file.replace(/svg$/, "png"), output)) });
  }
} finally {
  await browser.close();
}
