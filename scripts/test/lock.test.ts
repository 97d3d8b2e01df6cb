import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withLock } from "../lock.js";
import { StepError } from "../step.js";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

const worker = `
  import { appendFileSync } from "node:fs";
  import { setTimeout } from "node:timers/promises";
  import { withLock } from ${JSON.stringify(new URL("../lock.js", import.meta.url).href)};
  const [lock, log] = process.argv.slice(1);
  await withLock(lock, async () => {
    appendFileSync(log, "in ");
    await setTimeout(20);
    appendFileSync(log, "out ");
  });`;

test("lets one process work at a time", async () => {
  const lock = join(folder, "contended");
  const log = join(folder, "log");

  const workers = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", worker, lock, log], { stdio: "ignore" }),
  );
  await Promise.all(workers.map((process) => once(process, "exit")));

  expect(readFileSync(log, "utf8")).toBe("in out ".repeat(4));
  expect(existsSync(lock)).toBe(false);
});

test("takes over the lock of a process that is gone", async () => {
  const lock = join(folder, "left-behind");
  const gone = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(lock, `${gone.pid}\n`);

  expect(await withLock(lock, async () => "worked")).toBe("worked");
});

test("releases the lock when the work fails", async () => {
  const lock = join(folder, "failing");

  await expect(withLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");

  expect(existsSync(lock)).toBe(false);
});

test("says plainly that a folder cannot be written", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");

  const attempt = withLock(join(file, "lock"), async () => {});

  await expect(attempt).rejects.toThrow(StepError);
  await expect(attempt).rejects.toThrow("must be writable");
});
