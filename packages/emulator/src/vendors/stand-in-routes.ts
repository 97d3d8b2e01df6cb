import { type Context, Hono, type MiddlewareHandler } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { isFromOwnPages, isJson } from "../http/own-pages.ts";
import { faults } from "./fault-queue.ts";
import { firstIssue } from "./first-issue.ts";
import { PictureShelf } from "./picture-shelf.ts";
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

/** The most of a chat that a page is given: its newest entries. */
const mostShown = 200;

/** How many pages may follow a stand-in at once. */
const maxFollowers = 32;

/** So that a connection that has gone is noticed, and one that is there stays. */
const keepAliveMs = 15_000;

/**
 * The stand-in's own API: what it has received, and what its customers do next. It needs no token: pages of other sites are
 * kept out by `Host`, `Origin` and content type.
 */
export function standInRoutes(standIn: StandIn): Hono {
  const app = new Hono().basePath("/stand-in");
  const pictures = new PictureShelf();
  app.use(keepOthersOut);
  app.get("/", (context) => context.json({ vendor: standIn.vendor }));
  app.get("/messages", (context) => context.json({ messages: standIn.received(context.req.query("to")) }));
  app.get("/customers", (context) => context.json({ customers: standIn.customers() }));
  app.get("/customers/:address/chat", (context) =>
    context.json({ chat: standIn.chat(context.req.param("address")).slice(-mostShown) }),
  );
  app.get("/changes", followChanges(standIn));
  app.get("/webhooks", (context) => context.json({ webhooks: standIn.webhooks() }));
  app.post("/webhooks/replay", (context) => {
    standIn.replayWebhooks();
    return context.body(null, 202);
  });
  app.post("/pictures", (context) => pictures.take(context));
  app.get("/pictures/:id", (context) => pictures.give(context));
  app.post("/faults", takeJson, async (context) => {
    const read = faultsSchema.safeParse(await readJson(context.req.raw));
    if (!read.success) return context.json({ message: told(read.error) }, 400);
    standIn.fault(...read.data.faults);
    return context.body(null, 202);
  });
  app.post("/customers/:address/actions", takeJson, async (context) => {
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

const keepOthersOut: MiddlewareHandler = async (context, next) => {
  if (isFromOwnPages(context)) return next();
  return context.json({ message: "A stand-in answers this machine and its own pages alone." }, 403);
};

const takeJson: MiddlewareHandler = async (context, next) => {
  if (isJson(context)) return next();
  return context.json({ message: "The body must be application/json." }, 415);
};

/** A stream with one event now and one after every change; what has changed is to be asked for. */
function followChanges(standIn: StandIn): (context: Context) => Response {
  let followers = 0;
  return (context) => {
    if (followers >= maxFollowers)
      return context.json({ message: "Too many pages follow this stand-in." }, 503);
    followers += 1;
    return streamSSE(context, async (stream) => {
      let hasChanged = true;
      let wake = (): void => undefined;
      const stop = standIn.watch(() => {
        hasChanged = true;
        wake();
      });
      const beat = setInterval(() => wake(), keepAliveMs);
      stream.onAbort(() => wake());
      try {
        while (!stream.aborted) {
          const event = hasChanged ? { data: "changed" } : { event: "alive", data: "" };
          hasChanged = false;
          await stream.writeSSE(event);
          if (!hasChanged && !stream.aborted) await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        clearInterval(beat);
        stop();
        followers -= 1;
      }
    });
  };
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
