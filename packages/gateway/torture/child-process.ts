import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** How much of what a script complains of is kept. */
const keptLines = 200;

/** A script that runs in a process of its own. */
export interface ChildScript<Ready> {
  child: ChildProcess;
  /** What it told first: that it is ready. */
  ready: Ready;
  /** What it wrote on standard error, the last lines of it. */
  complaints(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a TypeScript script with its settings, and waits until it tells that it is ready. The packages that it imports
 * are the built ones: what is shipped is what is measured.
 *
 * @throws Error where it ends before it is ready.
 */
export async function startScript<Ready>(script: URL, settings: unknown): Promise<ChildScript<Ready>> {
  const args = ["--import", import.meta.resolve("tsx"), fileURLToPath(script), JSON.stringify(settings)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const ended = once(child, "exit");
  const lines: string[] = [];
  if (child.stderr) {
    createInterface(child.stderr).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
    });
  }
  const complaints = () => lines.join("\n");
  const [ready] = (await Promise.race([
    once(child, "message"),
    ended.then(([code, signal]) =>
      Promise.reject(new Error(`${script.pathname} ended with ${code ?? signal}: ${complaints()}`)),
    ),
  ])) as [Ready];
  return {
    child,
    ready,
    complaints,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await ended;
    },
  };
}
