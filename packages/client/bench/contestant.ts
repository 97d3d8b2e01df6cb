import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What one measurement came to. */
export interface Figures {
  readonly perSecond: number;
  /** Processor time of the whole process for one request, in microseconds. */
  readonly cpuUs: number;
}

/** A client that runs in a process of its own, kept from one measurement to the next so that it is warm. */
export interface Contestant {
  measure(atOnce: number, ms: number): Promise<Figures>;
  end(): void;
}

/** Starts the bare server, and tells its address. */
export async function startBareServer(): Promise<{ url: string; end: () => void }> {
  const child = fork(fileURLToPath(new URL("bare-server.mjs", import.meta.url)));
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return { url: `http://127.0.0.1:${port}`, end: () => child.kill() };
}

/** Starts a contestant: a module with a function `connect`, or a Python script that speaks the same lines. */
export function startContestant(file: string, url: string, python: string | undefined): Contestant {
  const path = fileURLToPath(new URL(`rivals/${file}`, import.meta.url));
  const runner = fileURLToPath(new URL("contestant-process.mjs", import.meta.url));
  const child =
    python !== undefined && file.endsWith(".py")
      ? spawn(python, [path, url], { stdio: ["pipe", "pipe", "inherit"] })
      : spawn(process.execPath, [runner, path, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const failing = failed(child, file);
  // Whoever measures hears of it; at the end nobody does.
  failing.catch(() => undefined);
  return {
    async measure(atOnce, ms) {
      child.stdin.write(`${JSON.stringify({ atOnce, ms })}\n`);
      const [line] = await Promise.race([once(lines, "line"), failing]);
      return JSON.parse(String(line)) as Figures;
    },
    end: () => child.kill("SIGKILL"),
  };
}

async function failed(child: ChildProcess, file: string): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`${file} ended with ${code}`);
}
