import type { Scope } from "@quickcard/client";
import type { core } from "zod";
import type { IdempotencyClaim } from "../store/store.ts";
import type { ApiErrorCode } from "./api-error.ts";

/** Who makes a request: the client that its token was given to. */
export interface Caller {
  clientId: string;
  scopes: readonly Scope[];
  /** Tells one token of a client from another, and nothing more. */
  tokenHash: string;
}

/** A request that has passed every check that its route declares. */
export interface RouteRequest<Query, Body> {
  /** The path's parameters, decoded. */
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** Present on routes with a scope. */
  caller: Caller | undefined;
  /** Present where the route is `repeatable` and the request carries an `Idempotency-Key`. */
  claim: IdempotencyClaim | undefined;
  /** What links to this server begin with, such as `https://chat.example.com`. */
  origin: string;
  raw: Request;
}

/** An answer as documentation shows it. */
export interface AnswerDescription {
  description: string;
  /** Default: `application/json` where there is a schema. */
  mediaType?: string;
  schema?: core.$ZodType;
}

/** A request body: how it is read, and how documentation shows it. */
export interface BodyDescription<Body> {
  schema: core.$ZodType;
  /** Reads a parsed JSON value. Default: by the schema. @throws ApiError naming each fault. */
  read?: (value: unknown) => Body;
  example?: unknown;
}

/** One operation: everything that the server checks before it and that documentation says of it. */
export interface Route<Query = unknown, Body = unknown> {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With parameters in braces: `/contacts/{contactId}`. */
  path: string;
  operationId: string;
  /** The chapter of the documentation. Routes without one are not documented: they are for our own pages. */
  tag?: string;
  summary: string;
  description?: string;
  /** What a token must carry. Without one the route is open to all. */
  scope?: Scope;
  query?: core.$ZodType<Query>;
  body?: BodyDescription<Body>;
  /** A form-encoded body, which the handler reads by itself. */
  form?: core.$ZodType;
  /** Whether it takes an `Idempotency-Key`. */
  repeatable?: boolean;
  /** The media type of the answer, for `Accept`. Default: `application/json`. */
  produces?: string;
  /** Whether pages of other sites may call it. It must not rely on cookies. */
  crossOrigin?: boolean;
  answers: Record<number, AnswerDescription>;
  /** Errors beyond those that the declarations above imply. */
  errors?: ApiErrorCode[];
  handle(request: RouteRequest<Query, Body>): Promise<Response> | Response;
}

/** A route whatever its query and body are. */
// biome-ignore lint/suspicious/noExplicitAny: a list of routes is heterogeneous; each was checked where it was declared.
export type AnyRoute = Route<any, any>;

/** Declares a route with the types of its query and body taken from their schemas. */
export function defineRoute<Query, Body>(route: Route<Query, Body>): AnyRoute {
  return route;
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}
