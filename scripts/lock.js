import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { StepError } from "./step.js";

const pollMs = 200;

/**
 * Does some work while no other process of this machine does work under the same lock file.
 * A lock whose process is gone is taken over.
 * @template Result
 * @param {string} file
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(file, work) {
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (!isRunning(holder)) {
      // Read again just before: another waiting process may have taken the lock over by now.
      if (readHolder(file) === holder) rmSync(file, { force: true });
      continue;
    }
    if (!told)
      process.stderr.write(`Waiting for process ${holder} to set up this folder (its lock: ${file})\n`);
    told = true;
    await setTimeout(pollMs);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw new StepError(
      `cannot write ${file} (${codeOf(error)}): this folder must be writable to set it up`,
      "",
      1,
    );
  }
}

/**
 * @param {string} file
 * @returns {number | undefined} The process that holds the lock; undefined where it has just been released.
 */
function readHolder(file) {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  // Its process has made the file and is about to write its number.
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
