import { Hono } from "hono";
import { z } from "zod";
import { faults } from "./fault-queue.ts";
import { firstIssue } from "./first-issue.ts";
import { readJson } from "./read-json.ts";
import type { Customer, StandIn } from "./stand-in.ts";

const text = z.string().min(1).max(4096);
const url = z.url().max(2048);

/** What a customer can do, as it is asked for over HTTP. */
const actionSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("type"), text }),
  z.strictObject({ action: z.literal("tap"), messageId: text, choiceId: text }),
  z.strictObject({ action: z.literal("read"), messageId: text.exactOptional() }),
  z.strictObject({
    action: z.literal("send-media"),
    kind: z.enum(["image", "audio", "video", "file"]),
    url,
    mimeType: text.exactOptional(),
    filename: text.exactOptional(),
    caption: text.exactOptional(),
  }),
  z.strictObject({
    action: z.literal("send-location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: text.exactOptional(),
    address: text.exactOptional(),
  }),
  z.strictObject({ action: z.literal("block") }),
]);

const faultsSchema = z.strictObject({ faults: z.array(z.enum(faults)).min(1).max(100) });

/** The stand-in's own API: what it has received, and what its customers do next. */
export function standInRoutes(standIn: StandIn): Hono {
  const app = new Hono().basePath("/stand-in");
  app.get("/", (context) => context.json({ vendor: standIn.vendor }));
  app.get("/messages", (context) => context.json({ messages: standIn.received(context.req.query("to")) }));
  app.get("/webhooks", (context) => context.json({ webhooks: standIn.webhooks() }));
  app.post("/webhooks/replay", (context) => {
    standIn.replayWebhooks();
    return context.body(null, 202);
  });
  app.post("/faults", async (context) => {
    const read = faultsSchema.safeParse(await readJson(context.req.raw));
    if (!read.success) return context.json({ message: told(read.error) }, 400);
    standIn.fault(...read.data.faults);
    return context.body(null, 202);
  });
  app.post("/customers/:address/actions", async (context) => {
    const read = actionSchema.safeParse(await readJson(context.req.raw));
    if (!read.success) return context.json({ message: told(read.error) }, 400);
    const customer = standIn.customer(context.req.param("address"), context.req.query("name"));
    try {
      act(customer, read.data);
    } catch (error) {
      return context.json({ message: error instanceof Error ? error.message : String(error) }, 409);
    }
    return context.body(null, 202);
  });
  return app;
}

function told(error: z.core.$ZodError): string {
  const { path, message } = firstIssue(error);
  return `${path || "The body"}: ${message}`;
}

function act(customer: Customer, action: z.output<typeof actionSchema>): void {
  switch (action.action) {
    case "type":
      customer.type(action.text);
      break;
    case "tap":
      customer.tap(action.messageId, action.choiceId);
      break;
    case "read":
      customer.read(action.messageId);
      break;
    case "send-media": {
      const { action: _, ...media } = action;
      customer.sendMedia(media);
      break;
    }
    case "send-location": {
      const { action: _, ...place } = action;
      customer.sendLocation(place);
      break;
    }
    case "block":
      customer.block();
      break;
  }
}
