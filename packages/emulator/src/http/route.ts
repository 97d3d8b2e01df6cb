import type { Organisation } from "../organisation/organisation.ts";
import type { Permission } from "../organisation/permissions.ts";
import type { OAuthClientRecord } from "../organisation/records.ts";
import type { ModelName, Wire } from "../wire/models.ts";

/** A request that has passed every check that its route declares. */
export interface RouteRequest<Body> {
  organisation: Organisation;
  /** The path's parameters, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  body: Body;
  client: OAuthClientRecord;
  /** The hash of the request's token. */
  tokenHash: string;
  /** What links to this emulator begin with, such as `http://127.0.0.1:4480`. */
  origin: string;
}

/** What a route answers: 200 with JSON unless told; without a body, 204. */
export interface RouteAnswer {
  status?: number;
  body?: unknown;
}

/** The permissions of which a client must have all, or any one. */
export type PermissionRule = { all: readonly Permission[] } | { any: readonly Permission[] };

/** One operation of the platform's API. */
export interface Route {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As Genesys Cloud documents it: `/api/v2/conversations/messages/{conversationId}`. */
  path: string;
  permissions?: PermissionRule;
  /** The model of the body, or `strings` for a list of them; a route without one takes no body. */
  body?: ModelName | "strings" | `${ModelName}[]`;
  handle: (request: RouteRequest<unknown>) => RouteAnswer | Promise<RouteAnswer>;
}

type BodyOf<Name> = Name extends "strings"
  ? string[]
  : Name extends `${infer Item extends ModelName}[]`
    ? Wire<Item>[]
    : Name extends ModelName
      ? Wire<Name>
      : undefined;

/** Declares a route; its handler's body has the type of the model named. */
export function route<const Name extends Route["body"] = undefined>(declared: {
  method: Route["method"];
  path: string;
  permissions?: PermissionRule;
  body?: Name;
  handle: (request: RouteRequest<BodyOf<Name>>) => RouteAnswer | Promise<RouteAnswer>;
}): Route {
  return declared as Route;
}
