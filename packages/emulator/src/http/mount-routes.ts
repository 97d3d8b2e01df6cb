import type { Context, Hono } from "hono";
import { struckBy } from "../faults/fault-dial.ts";
import { authenticate, authorize } from "./authenticate.ts";
import { readHeader, readText } from "./incoming-request.ts";
import { limitRate, rateHeaders } from "./rate-limiter.ts";
import { parseBody } from "./read-body.ts";
import type { Route } from "./route.ts";
import { type Answer, type OpenExchange, serveExchange } from "./serve-exchange.ts";
import type { ServerContext } from "./server-context.ts";

/** How a route is called in faults and in the coverage table. */
export function routeName({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}

/** Puts operations of the API on a server: each with token, rate, permission and body checked first, as the platform does. */
export function mountRoutes(app: Hono, context: ServerContext, routes: readonly Route[]): void {
  for (const route of routes) {
    const { path, parameters } = honoPath(route.path);
    const name = routeName(route);
    const serve = (c: Context) =>
      serveExchange(context, c, name, (exchange) => answer(context, route, parameters, exchange));
    // Hono hands HEAD to the handlers of GET.
    if (route.method !== "HEAD") app.on(route.method, path, serve);
    else app.get(path, (c, next) => (c.req.method === "HEAD" ? serve(c) : next()));
  }
}

/** Parameters become numbered, since Hono wants one name for one place and Genesys Cloud uses several. */
function honoPath(path: string): { path: string; parameters: readonly string[] } {
  const parameters: string[] = [];
  const numbered = path.replace(/\{(\w+)\}/g, (_, name: string) => `:p${parameters.push(name) - 1}`);
  return { path: numbered, parameters };
}

async function answer(
  context: ServerContext,
  route: Route,
  parameters: readonly string[],
  exchange: OpenExchange,
): Promise<Answer> {
  const { organisation, rateLimiters } = context;
  const { c } = exchange;
  const authorization = readHeader(c, "authorization");
  if (struckBy(exchange.faults, "expired-token") !== undefined) expire(context, authorization);
  const { client, tokenHash } = authenticate(authorization, organisation);
  exchange.clientId = client.id;
  const now = organisation.clock.now();
  const ofToken = rateLimiters.ofToken.count(tokenHash, now);
  Object.assign(exchange.headers, rateHeaders(ofToken));
  limitRate(ofToken, rateLimiters.ofClient.count(client.id, now));
  authorize(client, route.permissions);
  if (route.body !== undefined) exchange.requestBody = await readText(c);
  const body = parseBody(route.body, exchange.requestBody, readHeader(c, "content-type"));
  const { status, body: answered } = await route.handle({
    organisation,
    params: Object.fromEntries(parameters.map((name, index) => [name, c.req.param(`p${index}`) ?? ""])),
    query: queryOf(c),
    body,
    client,
    tokenHash,
    origin: originOf(c),
  });
  return { status: status ?? (answered === undefined ? 204 : 200), body: answered };
}

function expire({ organisation }: ServerContext, authorization: string | undefined): void {
  const { tokenHash } = authenticate(authorization, organisation);
  const token = organisation.tokens.get(tokenHash);
  if (token !== undefined)
    organisation.tokens.put(tokenHash, { ...token, expiresAt: organisation.clock.now() });
}

function queryOf(c: Context): URLSearchParams {
  const start = c.req.url.indexOf("?");
  return start === -1 ? noQuery : new URLSearchParams(c.req.url.slice(start + 1));
}

const noQuery = new URLSearchParams();

function originOf(c: Context): string {
  return /^https?:\/\/[^/]*/.exec(c.req.url)?.[0] ?? "";
}
