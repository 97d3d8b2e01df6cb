import { ApiError, notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import { issueToken } from "../routes/oauth-token.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import { presentEntry } from "../wire-log/present-entry.ts";
import type { WireLog, WireLogEntry } from "../wire-log/wire-log.ts";
import type { ControlRequest, ControlRoute } from "./control-route.ts";
import { eventStream } from "./event-stream.ts";

/** What replaying needs. */
export interface WireLogParts {
  organisation: Organisation;
  wireLog: WireLog;
  webhooks: WebhookQueue;
  /** Answers a request as if it had come over HTTP. */
  handle: (request: Request) => Response | Promise<Response>;
}

/** Reading the wire log, following it, and doing once more what it holds. */
export function wireLogControls(parts: WireLogParts): ControlRoute[] {
  const { wireLog } = parts;
  const find = (request: ControlRequest): WireLogEntry => {
    const entry = wireLog.get(Number(request.param("entryId")));
    if (entry === undefined) throw notFound("entry of the wire log");
    return entry;
  };
  return [
    {
      method: "GET",
      path: "/emulator/wire-log",
      summary: "the last requests and webhooks, after the entry `after`",
      handle: ({ query }) => ({
        entities: wireLog.after(Number(query.get("after") ?? 0)).map(presentEntry),
      }),
    },
    {
      method: "DELETE",
      path: "/emulator/wire-log",
      summary: "forget them",
      handle: () => wireLog.clear(),
    },
    {
      method: "GET",
      path: "/emulator/wire-log/stream",
      summary: "each as it happens, after the entry `after` (server-sent events)",
      handle: ({ query }) => {
        const toEvent = (entry: WireLogEntry) => ({
          id: entry.id,
          event: "exchange",
          data: presentEntry(entry),
        });
        const after = query.get("after");
        const missed = after === null ? [] : wireLog.after(Number(after));
        return eventStream(missed.map(toEvent), (send) => wireLog.listen((entry) => send(toEvent(entry))));
      },
    },
    {
      method: "GET",
      path: "/emulator/wire-log/{entryId}",
      summary: "one of them",
      handle: (request) => presentEntry(find(request)),
    },
    {
      method: "POST",
      path: "/emulator/wire-log/{entryId}/replay",
      summary: "do it once more: the same request with a fresh token, or the same webhook",
      handle: (request) => replay(parts, find(request), request.origin),
    },
  ];
}

async function replay(parts: WireLogParts, entry: WireLogEntry, origin: string) {
  if (entry.kind === "request") await replayRequest(parts, entry, origin);
  else if (entry.kind === "webhook") await replayWebhook(parts, entry);
  else throw new ApiError("bad.request", "A bot's turn cannot be replayed: it has been taken.");
  return undefined;
}

async function replayRequest(
  { organisation, handle }: WireLogParts,
  { method, url, requestHeaders, requestBody, clientId }: WireLogEntry,
  origin: string,
): Promise<void> {
  const client = organisation.clients.get(clientId ?? "");
  const headers = new Headers(requestHeaders);
  headers.delete("content-length");
  if (client !== undefined && /^bearer /i.test(headers.get("authorization") ?? ""))
    headers.set("authorization", `Bearer ${issueToken(organisation, client)}`);
  const hasBody = requestBody !== "" && method !== "GET" && method !== "HEAD";
  const request = new Request(origin + url, { method, headers, ...(hasBody ? { body: requestBody } : {}) });
  await (await handle(request)).text();
}

async function replayWebhook(
  { organisation, webhooks }: WireLogParts,
  { integrationId, conversationId, requestBody }: WireLogEntry,
): Promise<void> {
  const integration = organisation.integrations.get(integrationId ?? "");
  if (integration === undefined) throw notFound("integration");
  await webhooks.resend(integration, requestBody, conversationId ?? "");
}
