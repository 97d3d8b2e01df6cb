import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const reporter = fileURLToPath(new URL("../closing-line-reporter.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "closing-line-"));
afterAll(() => rmSync(folder, { recursive: true }));

const passing = `test("a", () => {}); test("b", () => {});`;
const failing = `test("c", () => { throw new Error("no"); });`;
const unloadable = `throw new Error("not even loaded");`;
const brokenHook = `beforeAll(() => { throw new Error("no"); }); test("d", () => {});`;
const rejecting = `test("e", () => { void Promise.reject(new Error("lost")); });`;
const skipping = `test.skipIf(true)("f", () => {});`;

test.each([
  ["passing tests", [passing], "2 passed, 0 failed", 0],
  ["a failing test", [passing, failing], "2 passed, 1 failed", 1],
  ["a file that cannot be loaded", [passing, unloadable], "2 passed, 1 failed", 1],
  ["a hook that throws", [brokenHook], "0 passed, 1 failed", 1],
  ["a rejection nobody awaits", [rejecting], "1 passed, 1 failed", 1],
  ["a skipped test", [passing, skipping], "2 passed, 0 failed", 0],
])("counts %s", (_, sources, line, exitCode) => {
  const project = mkdtempSync(join(folder, "project-"));
  for (const [index, source] of sources.entries()) writeFileSync(join(project, `${index}.test.js`), source);

  const run = spawnSync(
    process.execPath,
    [vitest, "run", "--globals", "--root", project, "--reporter", reporter],
    { encoding: "utf8" },
  );

  expect(run.stdout.trimEnd().split("\n").at(-1)).toBe(line);
  expect(run.status).toBe(exitCode);
});
