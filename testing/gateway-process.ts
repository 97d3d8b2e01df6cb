import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../packages/gateway/test/fixtures/serve.mjs", import.meta.url));

/** A gateway that runs in a process of its own, from the built packages. */
export interface GatewayProcess {
  url: string;
  port: number;
  child: ChildProcess;
  /** Sends a signal and waits for the end; resolves with the exit code, `null` where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a gateway; port 0 takes a free one. Rejects where it ends before it listens. */
export async function startGatewayProcess(dataDirectory: string, port = 0): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [script, String(port), dataDirectory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const [line] = (await Promise.race([
    once(child.stdout, "data"),
    ended.then(([code]) => Promise.reject(new Error(`the gateway ended with ${code} before it listened`))),
  ])) as [Buffer];
  const url = line.toString().trim();
  return {
    url,
    port: Number(new URL(url).port),
    child,
    async end(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

/** Makes a client with every scope but analytics, in another process. */
export function createClientInProcess(dataDirectory: string): { clientId: string; clientSecret: string } {
  const made = execFileSync(process.execPath, [script, "client", dataDirectory], { encoding: "utf8" });
  const { clientId, clientSecret } = JSON.parse(made) as { clientId: string; clientSecret: string };
  return { clientId, clientSecret };
}
