import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createClient,
  type GatewayProcessOptions,
  startGatewayProcess,
  type TestClientOptions,
} from "./gateway-process.ts";

/** A gateway in a process of its own, on a folder that goes with it. */
export interface ServedGateway {
  url: string;
  createClient(options?: TestClientOptions): Promise<{ clientId: string; clientSecret: string }>;
  stop(): Promise<void>;
}

/** Runs `quickcard serve` until it is stopped. */
export async function serveQuickcard(options: GatewayProcessOptions = {}): Promise<ServedGateway> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "quickcard-serve-"));
  const gateway = await startGatewayProcess(dataDirectory, options);
  return {
    url: gateway.url,
    createClient: (client) => createClient(dataDirectory, client),
    async stop() {
      await gateway.end("SIGTERM");
      rmSync(dataDirectory, { recursive: true });
    },
  };
}
