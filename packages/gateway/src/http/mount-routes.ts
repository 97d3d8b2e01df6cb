import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { StoreUnavailableError } from "../gateway-error.ts";
import { ApiError } from "./api-error.ts";
import { authenticate, requireScope } from "./authenticate.ts";
import { claimOf, readIdempotencyKey } from "./idempotency.ts";
import { mediaTypeOf } from "./media-type.ts";
import { parseJson } from "./parse-json.ts";
import { type RateWindow, toRateWindow } from "./rate-limiter.ts";
import { decodeUtf8, readBody } from "./read-body.ts";
import { type AnyRoute, type Caller, json, type RouteRequest } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServerContext } from "./server-context.ts";
import { parseWith } from "./validation.ts";

/** Makes an application that answers these routes and nothing else. */
export function mountRoutes(routes: AnyRoute[], server: ServerContext): Hono {
  const app = new Hono();
  for (const [path, siblings] of groupByPath(routes)) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ":$1");
    for (const route of siblings) app.on(route.method, pattern, (context) => run(context, route, server));
    app.all(pattern, (context) => answerOthers(context, path, siblings, server));
  }
  app.notFound((context) => finish(context, "(none)", server, async () => noSuchRoute(context)));
  return app;
}

function groupByPath(routes: AnyRoute[]): Map<string, AnyRoute[]> {
  const groups = new Map<string, AnyRoute[]>();
  for (const route of routes) groups.set(route.path, [...(groups.get(route.path) ?? []), route]);
  return groups;
}

function noSuchRoute(context: Context): never {
  throw new ApiError(
    "not.found",
    `There is no ${context.req.method} ${context.req.path} here; see /docs for what there is.`,
  );
}

/** A method that the path does not have: `OPTIONS` of a page on another site, or a mistake. */
function answerOthers(
  context: Context,
  path: string,
  siblings: AnyRoute[],
  server: ServerContext,
): Promise<Response> {
  const allow = siblings.map((route) => route.method).join(", ");
  return finish(context, path, server, async (headers) => {
    if (context.req.method === "OPTIONS" && siblings.some((route) => route.crossOrigin)) {
      allowOtherSites(headers);
      headers.set("access-control-allow-methods", allow);
      headers.set("access-control-allow-headers", "content-type, last-event-id");
      headers.set("access-control-max-age", "86400");
      return new Response(null, { status: 204 });
    }
    headers.set("allow", allow);
    throw new ApiError(
      "method.not.allowed",
      `${context.req.method} is not possible here; there are: ${allow}.`,
    );
  });
}

function allowOtherSites(headers: Headers): void {
  headers.set("access-control-allow-origin", "*");
  headers.set("cross-origin-resource-policy", "cross-origin");
}

function run(context: Context, route: AnyRoute, server: ServerContext): Promise<Response> {
  return finish(context, route.path, server, async (headers, log) => {
    if (route.crossOrigin) allowOtherSites(headers);
    const caller = await admit(context.req.raw, route, server, headers);
    if (caller) log.clientId = caller.clientId;
    requireAcceptable(context.req.raw, route);
    return route.handle(await readRequest(context, route, server, caller));
  });
}

async function admit(
  request: Request,
  route: AnyRoute,
  server: ServerContext,
  headers: Headers,
): Promise<Caller | undefined> {
  if (!route.scope) return undefined;
  const caller = await authenticate(request, server.store, server.now());
  const allowed = server.rateLimitPerMinute;
  const window = toRateWindow(await server.store.takeRate(caller.tokenHash, allowed, 60_000), allowed);
  tellWindow(headers, window);
  if (window.exceeded) throw tooManyRequests(window);
  requireScope(caller, route.scope);
  return caller;
}

function tellWindow(headers: Headers, window: RateWindow): void {
  headers.set("inin-ratelimit-count", String(window.count));
  headers.set("inin-ratelimit-allowed", String(window.allowed));
  headers.set("inin-ratelimit-reset", String(window.resetSeconds));
}

/** The answer to a caller who has spent a window. */
export function tooManyRequests(window: RateWindow): ApiError {
  return new ApiError(
    "too.many.requests",
    `Rate limit exceeded the maximum [${window.allowed}] requests. Try again in [${window.resetSeconds}] seconds.`,
    { headers: { "retry-after": String(window.resetSeconds) } },
  );
}

function requireAcceptable(request: Request, route: AnyRoute): void {
  const accept = request.headers.get("accept");
  const produced = route.produces ?? "application/json";
  const [kind] = produced.split("/");
  const wanted = accept?.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  if (
    !wanted ||
    produced === "*/*" ||
    wanted.some((range) => range === "*/*" || range === `${kind}/*` || range === produced)
  )
    return;
  throw new ApiError("not.acceptable", `This answers ${produced} only. Send Accept: ${produced}, or none.`);
}

async function readRequest(
  context: Context,
  route: AnyRoute,
  server: ServerContext,
  caller: Caller | undefined,
): Promise<RouteRequest<unknown, unknown>> {
  const raw = context.req.raw;
  const query = route.query ? parseWith(route.query, context.req.query(), "query") : undefined;
  const key = route.repeatable ? readIdempotencyKey(raw) : undefined;
  const body = route.body ? await readJsonBody(raw, route) : undefined;
  const path = context.req.path;
  const claim =
    key !== undefined && caller
      ? claimOf(key, { clientId: caller.clientId, method: route.method, path, body, now: server.now() })
      : undefined;
  const origin = server.publicUrl ?? new URL(raw.url).origin;
  return { params: context.req.param(), query, body, caller, claim, origin, raw };
}

async function readJsonBody(request: Request, route: AnyRoute): Promise<unknown> {
  if (mediaTypeOf(request) !== "application/json") {
    throw new ApiError("unsupported.media.type", "Send JSON, with Content-Type: application/json.");
  }
  const value = parseJson(decodeUtf8(await readBody(request)));
  return route.body?.read ? route.body.read(value) : route.body && parseWith(route.body.schema, value);
}

/** What the log is told of a request beyond its route and answer. */
interface RequestLog {
  clientId?: string;
  /** Of the error that it was answered with. */
  code?: string;
}

type Answer = (headers: Headers, log: RequestLog) => Promise<Response>;

/** Runs what answers a request, turns what it throws into an answer, and puts on every answer what all carry. */
async function finish(
  context: Context,
  route: string,
  server: ServerContext,
  answer: Answer,
): Promise<Response> {
  const startedAt = performance.now();
  const correlationId = randomUUID();
  const headers = new Headers({ ...securityHeaders, "inin-correlation-id": correlationId });
  const log: RequestLog = {};
  let response: Response;
  try {
    response = await answer(headers, log);
  } catch (error) {
    const refusal = error instanceof ApiError ? error : unexpected(error);
    log.code = refusal.code;
    response = errorAnswer(refusal, correlationId, server);
  }
  for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
  const { status } = response;
  const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  // The route's pattern, not the path: a path may hold a customer's link.
  const answered = { method: context.req.method, route, status, durationMs };
  server.logger.info({ ...answered, correlationId, ...log, ...idsOf(context, response) }, "request");
  server.onAnswered?.(answered);
  return response;
}

const loggedParams: readonly string[] = ["contactId", "messageId", "subscriptionId"];

/** What a request is about, and where what it made is: by these the log is searched for a message. */
function idsOf(context: Context, { status, headers }: Response): Record<string, string> {
  const ids = Object.entries(context.req.param()).filter(([name]) => loggedParams.includes(name));
  const made = status === 201 ? headers.get("location") : null;
  return { ...Object.fromEntries(ids), ...(made === null ? {} : { made }) };
}

function errorAnswer(refusal: ApiError, correlationId: string, server: ServerContext): Response {
  if (refusal.status >= 500)
    server.logger.error({ err: refusal.cause ?? refusal, correlationId }, "request failed");
  return json(refusal.status, refusal.toBody(correlationId), refusal.headers);
}

function unexpected(cause: unknown): ApiError {
  if (cause instanceof StoreUnavailableError) {
    const headers = { "retry-after": "1" };
    return new ApiError("service.unavailable", "The database does not answer. Try again.", {
      cause,
      headers,
    });
  }
  return new ApiError("internal.server.error", "Something failed here. Report it with the contextId.", {
    cause,
  });
}
