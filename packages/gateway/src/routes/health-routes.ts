import { z } from "zod";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";

const tag = "Health";
const healthSchema = z.strictObject({ status: z.enum(["up", "down"]) }).meta({ id: "Health" });

/** Whether the gateway lives, and whether it can take messages. */
export function healthRoutes({ store }: ServerContext, stop: AbortSignal): AnyRoute[] {
  const live = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/health/live",
    operationId: "isLive",
    tag,
    summary: "Whether the process answers",
    answers: { 200: { description: "It does.", schema: healthSchema } },
    handle: () => json(200, { status: "up" }),
  });
  const ready = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/health/ready",
    operationId: "isReady",
    tag,
    summary: "Whether it takes messages: the database answers and no stop is under way",
    answers: {
      200: { description: "It does.", schema: healthSchema },
      503: { description: "It does not.", schema: healthSchema },
    },
    async handle() {
      const up = !stop.aborted && (await answers(() => store.ping()));
      return up ? json(200, { status: "up" }) : json(503, { status: "down" }, { "retry-after": "1" });
    },
  });
  return [live, ready];
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch {
    return false;
  }
}
