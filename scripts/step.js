import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./repository.js";

const stoppingSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** A step that ended badly: what it printed, and the exit code to end with. */
export class StepError extends Error {
  /**
   * @param {string} message
   * @param {string} output
   * @param {number} exitCode
   */
  constructor(message, output, exitCode) {
    super(message);
    this.output = output;
    this.exitCode = exitCode;
  }
}

/**
 * Runs one command of a longer job. It says what it does on one line; what the command prints is shown only if it fails.
 * @param {string} title
 * @param {readonly string[]} command
 * @param {{ directory?: string }} [options] `directory`: where to run it, the workspace unless told.
 * @returns {Promise<string>} What the command printed on its standard output.
 */
export async function runStep(title, command, { directory = root } = {}) {
  process.stderr.write(`${title} … `);
  const startedAt = Date.now();
  const { code, signal, stdout, output } = await run(command, directory);
  if (code === 0 && !signal) {
    process.stderr.write(`done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
    return stdout;
  }
  process.stderr.write(signal ? "stopped\n" : "failed\n");
  if (signal) throw new StepError(`${title}: stopped by ${signal}`, "", 128 + constants.signals[signal]);
  throw new StepError(`${title}: \`${command.join(" ")}\` ended with ${code}`, output, code || 1);
}

/**
 * Runs a script's work, and turns what went wrong into a plain message and an exit code.
 * @param {() => Promise<void>} work
 */
export async function runScript(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    if (error.output) process.stderr.write(`\n${error.output.trimEnd()}\n\n`);
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
}

/** @type {string[]} */
const npmInvocation = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];

/**
 * The command line that runs npm: the npm that runs this script where there is one.
 * @param {...string} args
 */
export function npmCommand(...args) {
  return [...npmInvocation, ...args];
}

/**
 * @param {readonly string[]} command
 * @param {string} directory
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, stdout: string, output: string }>}
 */
function run([program = "", ...args], directory) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
      // On Windows npm is a batch file, which only a shell can run.
      shell: process.platform === "win32" && program === "npm",
    });
    /** @type {NodeJS.Signals | null} */
    let passed = null;
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      passed = signal;
      child.kill(signal);
    };
    for (const signal of stoppingSignals) process.on(signal, pass);
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.once("error", (error) => reject(new StepError(`cannot run ${program}: ${error.message}`, "", 1)));
    child.once("close", (code, signal) => {
      for (const stopping of stoppingSignals) process.off(stopping, pass);
      // npm, told to stop, ends with a code of its own.
      resolve({ code, signal: passed ?? signal, stdout, output });
    });
  });
}
