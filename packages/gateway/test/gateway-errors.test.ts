import { readFileSync } from "node:fs";
import * as gateway from "@quickcard/gateway";
import { expect, test } from "vitest";

type ErrorClass = new (message: string, fix: string) => gateway.GatewayError;

test("has a paragraph in the documentation for every error of a start, and for no other", () => {
  const page = readFileSync(new URL("../../../docs/reference/gateway-errors.md", import.meta.url), "utf8");
  const documented = [...page.matchAll(/^## `(\w+)` · `(\w+)`$/gm)].map(([, code, name]) => [name, code]);
  const thrown = Object.entries(gateway)
    .filter(([name]) => name.endsWith("Error") && name !== "GatewayError")
    .map(([name, made]) => [name, new (made as ErrorClass)("message", "fix").code]);

  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(thrown));
  for (const section of page.split(/^## /m).slice(1)) expect(section).toMatch(/Means: [\s\S]*Do: /);
});
