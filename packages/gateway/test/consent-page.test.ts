import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openClientRegistry, serve } from "@quickcard/gateway";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { chromiumArguments, findChromium } from "../../../testing/find-chromium.ts";
import { listen } from "../../../testing/listen.ts";

const executablePath = findChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

test.skipIf(!executablePath)(
  "lets a person approve a program in a browser, and sends the code back to it",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "quickcard-consent-"));
    const gateway = await serve({ port: 0, host: "127.0.0.1", dataDirectory: folder });
    const clients = openClientRegistry(folder);
    const { clientId, approvalCode = "" } = await clients.create({
      name: "Desk tool",
      scopes: ["messages:send", "conversations:read"],
      redirectUris: ["http://127.0.0.1/callback"],
    });
    await clients.close();
    const program = createServer((_, answer) => answer.end("<!doctype html><title>Done</title>"));
    const callback = `${(await listen(program)).url}/callback`;
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args: chromiumArguments });
    try {
      const page = await browser.newPage({ viewport: { width: 375, height: 760 } });
      await page.goto(
        `${gateway.url}/oauth/authorize?${new URLSearchParams({
          response_type: "code",
          client_id: clientId,
          redirect_uri: callback,
          code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
          code_challenge_method: "S256",
          state: "s1",
        })}`,
      );
      await page.evaluate(axe);
      const violations = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id }) => id))",
      );
      await page.keyboard.type("wrong");
      await page.getByRole("button", { name: "Allow" }).click();
      const warning = await page.getByRole("alert").textContent();
      await page.getByLabel("Approval code").fill(approvalCode);
      await page.getByRole("button", { name: "Allow" }).click();
      await page.waitForURL(`${callback}?**`);

      expect(violations).toEqual([]);
      expect(warning).toContain("not this client");
      expect(new URL(page.url()).searchParams.get("state")).toBe("s1");
      expect(new URL(page.url()).searchParams.get("code")).toMatch(/^[\w-]{43}$/);
    } finally {
      await browser.close();
      await new Promise((resolve) => program.close(resolve));
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
