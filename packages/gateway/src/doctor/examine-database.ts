import { request } from "undici";
import { connectionFault } from "./connection-fault.ts";
import { type Finding, failed, ok } from "./finding.ts";

const timeoutMs = 5000;

/** Asks the gateway whether its database answers. */
export async function examineDatabase(gatewayUrl: string): Promise<Finding> {
  const url = new URL("/health/ready", gatewayUrl).href;
  try {
    const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(timeoutMs) });
    await body.dump();
    if (statusCode === 200) return ok("database", "The gateway runs, and its database answers.");
    return failed(
      "database",
      `The gateway runs, and is not ready (${statusCode}): its database does not answer, or it is stopping.`,
      "Look at the database. Until it is back webhooks are kept on disk and taken up afterwards.",
    );
  } catch (error) {
    return failed(
      "database",
      `The gateway does not answer at ${gatewayUrl} (${connectionFault(error)}).`,
      "Start it with `quickcard serve`, or name it with --gateway.",
    );
  }
}
