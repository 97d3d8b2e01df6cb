import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { openClientRegistry } from "@quickcard/gateway";

const builtCommand = fileURLToPath(new URL("../packages/cli/dist/main.js", import.meta.url));

/** `quickcard serve`, in a process of its own. */
export interface GatewayProcess {
  url: string;
  port: number;
  child: ChildProcess;
  /** Sends a signal and waits for the end; resolves with the exit code, `null` where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** How the process is started. */
export interface GatewayProcessOptions {
  /** Default: a free one. */
  port?: number;
  /** Requests a minute for each token. Default: more than any test makes. */
  rateLimitPerMinute?: number;
  /** More variables of the environment. */
  env?: NodeJS.ProcessEnv;
  /** More of the command's own options. */
  flags?: readonly string[];
  /** The script of the `quickcard` command. Default: the workspace's own, as it was built. */
  command?: string;
}

/** Runs `quickcard serve` on a data folder. Rejects where it ends before it is ready. */
export async function startGatewayProcess(
  dataDirectory: string,
  {
    port = 0,
    rateLimitPerMinute = 1_000_000,
    flags = [],
    env = {},
    command = builtCommand,
  }: GatewayProcessOptions = {},
): Promise<GatewayProcess> {
  const address = ["--host", "127.0.0.1", "--port", String(port)];
  const args = [
    "serve",
    ...address,
    "--data",
    dataDirectory,
    "--rate-limit",
    String(rateLimitPerMinute),
    ...flags,
  ];
  const child = spawn(process.execPath, [command, ...args, "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const complaints = text(child.stderr);
  const [ready] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(async ([code]) => {
      throw new Error(`quickcard serve ended with ${code} before it was ready: ${await complaints}`);
    }),
  ]);
  const { url } = JSON.parse(ready) as { url: string };
  return {
    url,
    port: Number(new URL(url).port),
    child,
    async end(signal) {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

/** What a client for a test can do. */
export interface TestClientOptions {
  /** Default: all but analytics. */
  scopes?: readonly string[];
  tokenLifetimeSeconds?: number;
}

/** Makes a client in a data folder, whether or not a gateway runs on it. */
export async function createClient(
  dataDirectory: string,
  {
    scopes = ["messages:send", "conversations:read", "conversations:write"],
    ...rest
  }: TestClientOptions = {},
): Promise<{ clientId: string; clientSecret: string }> {
  const registry = openClientRegistry(dataDirectory);
  const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes, ...rest });
  await registry.close();
  return { clientId, clientSecret };
}
