import type { TimeAndChance } from "../time-and-chance.ts";
import type { Logger } from "./logger.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Loads what traces requests, where anybody can hear of them: a logger, or OpenTelemetry where the program has it. Without
 * it, requests are still sent.
 */
export async function loadTracer(
  logger: Logger | undefined,
  time: TimeAndChance,
): Promise<Tracer | undefined> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (!api && !logger) return undefined;
  try {
    const { createTracer } = await import("./tracer.ts");
    return createTracer(api, logger, time);
  } catch {
    logger?.warn("@quickcard/client tells of no requests: the part that does could not be loaded", {});
    return undefined;
  }
}
