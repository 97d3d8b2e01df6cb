import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const builtCommand = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));

/** `quickcard emulator`, in a process of its own. */
export interface EmulatorProcess {
  url: string;
  /** Calls it with JSON. Rejects where the connection ends without an answer. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator answered
  call(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; body: any }>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** Runs `quickcard emulator` on a file. Rejects where it ends before it is ready. */
export async function startEmulatorProcess(file: string): Promise<EmulatorProcess> {
  const words = ["emulator", "--port", "0", "--file", file, "--rate-limit", "1000000", "--json"];
  const child = spawn(process.execPath, [builtCommand, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  const complaints = text(child.stderr);
  const [ready] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(async ([code]) => {
      throw new Error(`quickcard emulator ended with ${code} before it was ready: ${await complaints}`);
    }),
  ]);
  const { url } = JSON.parse(ready) as { url: string };
  return {
    url,
    async call(method, path, body, token) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          "content-type": "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await response.text();
      return { status: response.status, body: answer === "" ? undefined : JSON.parse(answer) };
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
