import { setImmediate } from "node:timers/promises";
import type { Context } from "hono";
import type { Fault } from "../faults/fault.ts";
import { struckBy } from "../faults/fault-dial.ts";
import type { EmulatorClock } from "../time/emulator-clock.ts";
import { ApiError, errorBody } from "./api-error.ts";
import { alreadySent, nodeBindings, readHeaders, writeAnswer } from "./incoming-request.ts";
import type { ServerContext } from "./server-context.ts";

/** A request on its way, and what is known of it so far. */
export interface OpenExchange {
  c: Context;
  faults: readonly Fault[];
  /** What the answer carries beside its body. */
  headers: Record<string, string>;
  /** Filled in once it has been read. */
  requestBody: string;
  clientId: string | undefined;
}

/** An answer before it is written. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Thrown to a caller in the same process where a connection would have been cut. */
export class ConnectionDroppedError extends Error {
  override readonly name = "ConnectionDroppedError";
  readonly code = "ECONNRESET";
}

/**
 * Carries a request from its arrival to the log: faults, the work itself, errors in Genesys Cloud's shape, correlation ids.
 * What the work changed is with the operating system before the answer leaves.
 */
export async function serveExchange(
  context: ServerContext,
  c: Context,
  name: string,
  work: (exchange: OpenExchange) => Promise<Answer>,
  describeError = errorBody,
): Promise<Response> {
  const startedAt = performance.now();
  const { organisation, wireLog } = context;
  const { clock, chance } = organisation;
  const faults = context.faults.strike("request", name);
  const correlationId = chance.uuid();
  const exchange: OpenExchange = { c, faults, headers: {}, requestBody: "", clientId: undefined };
  const at = organisation.timestamp();
  const log = (answered: { status?: number; responseBody?: string; failure?: string }) =>
    wireLog.add({
      kind: "request",
      at,
      method: c.req.method,
      url: c.req.url.replace(/^https?:\/\/[^/]*/, ""),
      requestHeaders: readHeaders(c),
      requestBody: exchange.requestBody,
      responseHeaders: exchange.headers,
      durationMs: performance.now() - startedAt,
      ...(faults.length === 0 ? {} : { faults: faults.map(({ kind }) => kind) }),
      ...(exchange.clientId === undefined ? {} : { clientId: exchange.clientId }),
      ...answered,
    });
  const drop = () => {
    log({ failure: "the connection was dropped on purpose" });
    return dropConnection(c);
  };

  const early = struckBy(faults, "latency");
  if (early !== undefined) await wait(clock, early.ms);
  if (struckBy(faults, "drop") !== undefined) return drop();
  const answer = await attempt(exchange, faults, work, (error) => describeError(error, chance.uuid()));
  const late = struckBy(faults, "latency", "after");
  if (late !== undefined) await wait(clock, late.ms);
  if (struckBy(faults, "drop", "after") !== undefined) {
    organisation.flush();
    return drop();
  }
  const lateFault = struckBy(faults, "status", "after");
  const { status, body } =
    lateFault === undefined
      ? answer
      : describeFault(exchange, lateFault, (e) => describeError(e, chance.uuid()));
  const text = body === undefined ? undefined : JSON.stringify(body);
  exchange.headers["ININ-Correlation-Id"] = correlationId;
  if (body !== undefined) exchange.headers["Content-Type"] = "application/json";
  log({ status, responseBody: text ?? "" });
  await organisation.flushed();
  return writeAnswer(c, status, exchange.headers, text);
}

type Describe = (error: ApiError) => unknown;

async function attempt(
  exchange: OpenExchange,
  faults: readonly Fault[],
  work: (exchange: OpenExchange) => Promise<Answer>,
  describe: Describe,
): Promise<Answer> {
  const fault = struckBy(faults, "status");
  if (fault !== undefined) return describeFault(exchange, fault, describe);
  try {
    return await work(exchange);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    Object.assign(exchange.headers, error.headers);
    return { status: error.status, body: describe(error) };
  }
}

function describeFault(
  exchange: OpenExchange,
  { status, retryAfterSeconds }: Extract<Fault, { kind: "status" }>,
  describe: Describe,
): Answer {
  if (retryAfterSeconds !== undefined) exchange.headers["Retry-After"] = String(retryAfterSeconds);
  const code =
    status === 429
      ? "too.many.requests.retry.after"
      : status === 503
        ? "service.unavailable"
        : "internal.server.error";
  const error = new ApiError(code, `This answer was asked of the emulator's fault dial.`);
  return { status, body: { ...(describe(error) as object), ...(status === error.status ? {} : { status }) } };
}

async function wait(clock: EmulatorClock, ms: number): Promise<void> {
  await new Promise<void>((resolve) => void clock.schedule(ms, resolve));
  await setImmediate();
}

function dropConnection(c: Context): Response {
  const { outgoing } = nodeBindings(c);
  if (outgoing === undefined)
    throw new ConnectionDroppedError("the emulator dropped the connection, as its fault dial says");
  outgoing.destroy();
  return alreadySent;
}
