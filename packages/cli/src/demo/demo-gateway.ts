import type { RunningGateway } from "@quickcard/gateway";
import { Failure } from "../failure.ts";
import { readDemoCredentials } from "./demo-credentials.ts";

/** Where the demo's gateway listens and keeps its data. */
export interface DemoGatewayOptions {
  readonly port: number;
  readonly dataDirectory: string;
}

/**
 * Starts the demo's gateway. It takes `http:` media, because the demo's own picture is served by it.
 * @throws Failure if the demo runs already.
 */
export async function startDemoGateway({ port, dataDirectory }: DemoGatewayOptions): Promise<RunningGateway> {
  const { DataInUseError, serve } = await import("@quickcard/gateway");
  try {
    return await serve({ port, host: "127.0.0.1", dataDirectory, allowHttpMedia: true });
  } catch (error) {
    if (!(error instanceof DataInUseError)) throw error;
    const { baseUrl = "another address" } = await readDemoCredentials(dataDirectory);
    throw new Failure({
      code: "already_running",
      message: `The demo runs already, at ${baseUrl}.`,
      fix: "Use that one, or stop it with Ctrl-C in its terminal. For a second one name another folder: --data DIR --port 0",
      details: { url: baseUrl },
      cause: error,
    });
  }
}
