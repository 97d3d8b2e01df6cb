import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { openClientRegistry } from "@quickcard/gateway";

const builtCommand = fileURLToPath(new URL("../packages/cli/dist/main.js", import.meta.url));

/** A gateway in a process of its own, run by the built command, on a folder of its own. */
export interface ServedGateway {
  url: string;
  /** Makes a client of it. */
  createClient(options?: ClientOptions): Promise<{ clientId: string; clientSecret: string }>;
  stop(): Promise<void>;
}

interface ClientOptions {
  /** Default: all but analytics. */
  scopes?: readonly string[];
  tokenLifetimeSeconds?: number;
}

interface ServeOptions {
  /** Requests a minute for each token. Default: more than any test makes. */
  rateLimitPerMinute?: number;
  /** The script of the `quickcard` command. Default: the workspace's own. */
  command?: string;
}

/** Runs `quickcard serve` on a free port until it is stopped. */
export async function serveQuickcard(options: ServeOptions = {}): Promise<ServedGateway> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-serve-"));
  const { rateLimitPerMinute = 1_000_000, command = builtCommand } = options;
  const limit = ["--rate-limit", String(rateLimitPerMinute)];
  const args = ["serve", "--host", "127.0.0.1", "--port", "0", "--data", dataDirectory, ...limit, "--json"];
  const server = spawn(process.execPath, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(server, "exit");
  const complaints = text(server.stderr);
  const [firstLine] = await Promise.race([
    once(createInterface(server.stdout), "line"),
    exited.then(async ([code]) => {
      throw new Error(`quickcard serve ended with ${code} before it was ready: ${await complaints}`);
    }),
  ]);
  return {
    url: (JSON.parse(firstLine) as { url: string }).url,
    async createClient({
      scopes = ["messages:send", "conversations:read", "conversations:write"],
      ...rest
    } = {}) {
      const registry = openClientRegistry(dataDirectory);
      const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes, ...rest });
      await registry.close();
      return { clientId, clientSecret };
    },
    async stop() {
      server.kill("SIGTERM");
      await exited;
      rmSync(dataDirectory, { recursive: true });
    },
  };
}
