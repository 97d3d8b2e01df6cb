import { InvalidArgumentError } from "./errors/local-errors.ts";
import { OpenMessagingError } from "./errors/open-messaging-error.ts";
import type { Send } from "./layers/layer.ts";
import type { Route } from "./routes.ts";
import type { TimeAndChance } from "./time-and-chance.ts";
import { userAgent } from "./user-agent.ts";

/** What any call can be told. */
export interface CallOptions {
  /** Ends the call: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a call that makes something can be told. */
export interface CreateOptions extends CallOptions {
  /**
   * Names what is made, so that making it again comes to the same: a gateway answers a repeated key as it did at first, for
   * 24 hours. One is made for each call unless given. `false` sends none: then what may have been done is not repeated.
   */
  readonly idempotencyKey?: string | false | undefined;
}

/** What goes into one call of a route. */
export interface RouteInput extends CreateOptions {
  /** The ids that the path names. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Path and query in place of the route's own, from a page's `nextUri`. */
  readonly uri?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

/** Calls one route of the API; resolves with the body of its answer. */
export type CallRoute = <Model>(route: Route<Model>, input: RouteInput) => Promise<Model>;

interface CallRouteOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly send: Send;
  readonly time: TimeAndChance;
}

/** Makes the function through which every method of the client reaches the API. */
export function createCallRoute({ baseUrl, timeoutMs, send, time }: CallRouteOptions): CallRoute {
  return async <Model>(route: Route<Model>, input: RouteInput) => {
    const { signal, body } = input;
    signal?.throwIfAborted();
    const key = route.takesIdempotencyKey ? readIdempotencyKey(input.idempotencyKey) : undefined;
    const uri = input.uri ?? fillPath(route.path, input.ids ?? {}) + queryOf(input.query);
    const call = {
      method: route.method,
      url: baseUrl + uri,
      headers: headersOf(route, input, key),
      body,
      signal,
      cancellation: undefined,
      repeatable: route.repeatable ?? (!route.takesIdempotencyKey || key !== undefined),
      deadlineMs: time.monotonicMs() + timeoutMs,
      expects: route.expects,
      scope: route.scope,
      permissions: route.permissions,
      template: route.path,
    };
    try {
      const { json, stream } = await send(call);
      // `expects` was checked; for the rest of its model the server's word is taken.
      return (stream ?? json) as Model;
    } catch (error) {
      throw key === undefined
        ? error
        : withIdempotencyKey(error, key, typeof input.idempotencyKey === "string");
    }
  };
}

function headersOf(
  route: Route,
  { body, headers }: RouteInput,
  key: string | undefined,
): Record<string, string> {
  const all: Record<string, string> = {
    accept: route.expects === "stream" ? "text/event-stream" : "application/json",
    "user-agent": userAgent,
  };
  if (body !== undefined) all["content-type"] = "application/json";
  if (key !== undefined) all["idempotency-key"] = key;
  return headers ? Object.assign(all, headers) : all;
}

/**
 * A path with its ids in place. Encoding an id would not do: `..` survives it, and a URL then leaves out the part before.
 *
 * @throws InvalidArgumentError
 */
export function fillPath(path: string, ids: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => checkedId(name, ids[name]));
}

function checkedId(name: string, id: unknown): string {
  if (typeof id === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(id)) return id;
  throw new InvalidArgumentError({
    argument: name,
    message: `\`${name}\` must be 1 to 128 letters, digits, "_" and "-"; this is ${describeId(id)}`,
    fix: "Pass the `id` as the API returned it, such as that of `contacts.create` or `messages.send`.",
  });
}

function describeId(id: unknown): string {
  return typeof id === "string" ? `a text of ${id.length} characters` : String(id === null ? id : typeof id);
}

function queryOf(query: RouteInput["query"]): string {
  if (!query) return "";
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

function readIdempotencyKey(given: string | false | undefined): string | undefined {
  if (given === undefined) return crypto.randomUUID();
  if (given === false) return undefined;
  if (typeof given === "string" && /^[\x21-\x7e]{1,255}$/.test(given)) return given;
  throw new InvalidArgumentError({
    argument: "idempotencyKey",
    message: "`idempotencyKey` must be 1 to 255 visible ASCII characters",
    fix: "Use a UUID, or the id of what the message is about.",
  });
}

/**
 * Tells of the key with which a failed call can be repeated. Where the key was made here and the call may have been carried
 * out, simply calling again would make a new key, and a second message with it: such an error is not retryable.
 */
function withIdempotencyKey(error: unknown, idempotencyKey: string, isCallersKey: boolean): unknown {
  if (!OpenMessagingError.is(error)) return error;
  const isSafe = isCallersKey || error.fate === "not_sent" || error.fate === "not_applied";
  if (isSafe || !error.retryable) return error.with({ idempotencyKey });
  return error.with({
    idempotencyKey,
    retryable: false,
    fix: `It may have been done all the same: to try again safely, pass the \`idempotencyKey\` of this error. ${error.fix}`,
  });
}
