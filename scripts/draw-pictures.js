/** Draws the pages' pictures as PNG, which every channel takes, from their SVG. Needs Chromium. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const drawings = new URL("../packages/web/pictures/", import.meta.url);
const output = new URL("../packages/web/public/assets/", import.meta.url);
const size = { width: 640, height: 360 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: size });
  for (const folder of readdirSync(drawings)) {
    mkdirSync(new URL(folder, output), { recursive: true });
    for (const file of readdirSync(new URL(folder, drawings))) {
      const svg = readFileSync(new URL(`${folder}/${file}`, drawings), "utf8");
      await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
      const path = fileURLToPath(new URL(`${folder}/${file.replace(/svg$/, "png")}`, output));
      await page.screenshot({ path });
    }
  }
} finally {
  await browser.close();
}
