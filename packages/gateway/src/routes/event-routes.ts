import { z } from "zod";
import { eventStream } from "../events/event-stream.ts";
import { fieldError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { Store } from "../store/store.ts";
import { apiBase, toEvent } from "./resources.ts";
import { eventSchema } from "./schemas.ts";

const query = z.strictObject({
  after: z
    .string()
    .max(20)
    .exactOptional()
    .describe("A place to begin after; 0 for the beginning of the log."),
});

/** What happens, as a stream that can be left and taken up again. */
export function eventRoutes({ store }: ServerContext, stop: AbortSignal): AnyRoute[] {
  const streamEvents = defineRoute<z.output<typeof query>, undefined>({
    method: "GET",
    path: `${apiBase}/events`,
    operationId: "streamEvents",
    tag: "Events",
    summary: "Follow what happens, as server-sent events",
    description:
      "Inbound messages, taps, message statuses and conversation states, in order. Begins with what happens from now " +
      "on; with `Last-Event-ID` (or `after`) behind that event, without gap or repeat.",
    scope: "conversations:read",
    query,
    produces: "text/event-stream",
    answers: { 200: { description: "The stream.", mediaType: "text/event-stream", schema: eventSchema } },
    async handle({ query: { after }, raw }) {
      const place = await readPlace(raw.headers.get("last-event-id") ?? after, store);
      const tell = (record: Parameters<typeof toEvent>[0]) => ({ name: record.type, data: toEvent(record) });
      return eventStream({ store, after: place, tell, stop });
    },
  });
  return [streamEvents];
}

/**
 * The place in the log after which a stream begins: the one given, otherwise its end.
 *
 * @throws ApiError `invalid.value` for what is no place.
 */
export async function readPlace(given: string | null | undefined, store: Store): Promise<number> {
  if (given === null || given === undefined || given === "") return store.lastEventId();
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw fieldError(
    "invalid.value",
    "Last-Event-ID",
    "Last-Event-ID is the id of an event of this stream. Leave it out to begin with what comes now.",
  );
}
