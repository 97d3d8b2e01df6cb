import type { Context, Hono } from "hono";
import { EmulatorDataError, EmulatorError } from "../emulator-error.ts";
import { ApiError, errorBody } from "../http/api-error.ts";
import { readText } from "../http/incoming-request.ts";
import { isFromOwnPages, isJson } from "../http/own-pages.ts";
import { parseJson } from "../http/read-body.ts";
import { notKept, refuseUnkept } from "../http/unkept-state.ts";
import type { Organisation } from "../organisation/organisation.ts";

/** A request to the emulator's own controls. */
export interface ControlRequest {
  param(name: string): string;
  query: URLSearchParams;
  /** The JSON body; an empty object where there is none. */
  body: Record<string, unknown>;
  origin: string;
}

/** A control: what the desk page and scripts turn. A `Response` is answered as it is; nothing is 204. */
export interface ControlRoute {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** What it is for, as documentation shows it. */
  summary: string;
  handle: (request: ControlRequest) => unknown;
}

/** Files that an agent sends come in base64. */
const mostBodyBytes = 36_000_000;

/** Puts controls on a server. They need no token: pages of other sites are kept out by `Host`, `Origin` and content type. */
export function mountControls(app: Hono, organisation: Organisation, routes: readonly ControlRoute[]): void {
  for (const route of routes)
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
      try {
        if (route.method !== "GET") refuseUnkept(organisation);
        const answer = await serveControl(c, route);
        organisation.flush();
        return answer;
      } catch (error) {
        const refusal = toApiError(error);
        if (refusal === undefined) throw error;
        return Response.json(errorBody(refusal, organisation.chance.uuid()), { status: refusal.status });
      }
    });
}

async function serveControl(c: Context, { method, handle }: ControlRoute): Promise<Response> {
  keepOthersOut(c);
  const { searchParams, origin } = new URL(c.req.url);
  const answer = await handle({
    param: (name) => c.req.param(name) ?? "",
    query: searchParams,
    body: method === "POST" || method === "PUT" ? await readBody(c) : {},
    origin,
  });
  if (answer instanceof Response) return answer;
  return answer === undefined ? c.body(null, 204) : c.json(answer);
}

/** A text of a body. @throws ApiError */
export function readString(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ApiError("bad.request", `/${name} must be text`);
}

/** A number of a body. @throws ApiError */
export function readNumber(body: Record<string, unknown>, name: string, least: number, most: number): number {
  const value = body[name];
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new ApiError("bad.request", `/${name} must be a number from ${least} to ${most}`);
}

function keepOthersOut(c: Context): void {
  if (isFromOwnPages(c)) return;
  throw new ApiError(
    "not.authorized",
    "The emulator's controls answer this machine and its own pages alone.",
  );
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  const text = await readText(c, mostBodyBytes);
  if (text === "") return {};
  if (!isJson(c)) throw new ApiError("unsupported.media.type", "The body must be application/json.");
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new ApiError("bad.request", "The body must be a JSON object.");
}

function toApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof EmulatorDataError) return notKept(error);
  return error instanceof EmulatorError ? new ApiError("bad.request", error.message) : undefined;
}
