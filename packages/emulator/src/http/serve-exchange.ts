import { setImmediate } from "node:timers/promises";
import type { Context } from "hono";
import { EmulatorDataError } from "../emulator-error.ts";
import type { Fault } from "../faults/fault.ts";
import { struckBy } from "../faults/fault-dial.ts";
import type { EmulatorClock } from "../time/emulator-clock.ts";
import { ApiError, type ApiErrorCode, errorBody } from "./api-error.ts";
import { alreadySent, nodeBindings, readHeaders, writeAnswer } from "./incoming-request.ts";
import type { ServerContext } from "./server-context.ts";
import { notKept, refuseUnkept } from "./unkept-state.ts";

/** A request on its way, and what is known of it so far. */
export interface OpenExchange {
  c: Context;
  /** The moment of its arrival, in the organisation's time. */
  at: string;
  /** The same on the machine's own stopwatch. */
  startedAt: number;
  faults: readonly Fault[];
  /** What the answer carries beside its body. */
  headers: Record<string, string>;
  /** Filled in once it has been read. */
  requestBody: string;
  clientId: string | undefined;
  /** The body of a refusal. */
  describe: (error: ApiError) => unknown;
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

type Work = (exchange: OpenExchange) => Promise<Answer>;

/**
 * Carries a request from its arrival to the log: faults, the work itself, errors in Genesys Cloud's shape, correlation ids.
 * What the work changed is with the operating system before the answer leaves.
 */
export async function serveExchange(
  context: ServerContext,
  c: Context,
  name: string,
  work: Work,
  describeError = errorBody,
): Promise<Response> {
  const { organisation } = context;
  const exchange: OpenExchange = {
    c,
    at: organisation.timestamp(),
    startedAt: performance.now(),
    faults: context.faults.strike("request", name),
    headers: {},
    requestBody: "",
    clientId: undefined,
    describe: (error) => describeError(error, organisation.chance.uuid()),
  };
  await delay(exchange, organisation.clock, "before");
  if (struckBy(exchange.faults, "drop") !== undefined) return drop(context, exchange);
  const answer = await attempt(exchange, async () => {
    refuseUnkept(organisation);
    return work(exchange);
  });
  await delay(exchange, organisation.clock, "after");
  if (struckBy(exchange.faults, "drop", "after") !== undefined) {
    organisation.tryFlush();
    return drop(context, exchange);
  }
  const { status, body } = await onceKept(context, exchange, spoil(exchange, "after") ?? answer);
  const text = body === undefined ? undefined : JSON.stringify(body);
  exchange.headers["ININ-Correlation-Id"] = organisation.chance.uuid();
  if (body !== undefined) exchange.headers["Content-Type"] = "application/json";
  log(context, exchange, { status, responseBody: text ?? "" });
  return writeAnswer(c, status, exchange.headers, text);
}

/** The work's answer, or the refusal that it came to, unless a fault answers in its place. */
async function attempt(exchange: OpenExchange, work: () => Promise<Answer>): Promise<Answer> {
  const spoilt = spoil(exchange, "before");
  if (spoilt !== undefined) return spoilt;
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) return refuse(exchange, error);
    throw error;
  }
}

/** The answer, or a refusal where what it tells of cannot be kept. */
async function onceKept(
  { organisation }: ServerContext,
  exchange: OpenExchange,
  answer: Answer,
): Promise<Answer> {
  try {
    await organisation.flushed();
    return answer;
  } catch (error) {
    if (error instanceof EmulatorDataError) return refuse(exchange, notKept(error));
    throw error;
  }
}

function refuse(exchange: OpenExchange, error: ApiError): Answer {
  Object.assign(exchange.headers, error.headers);
  return { status: error.status, body: exchange.describe(error) };
}

const codesOfFaults: Readonly<Record<number, ApiErrorCode>> = {
  429: "too.many.requests.retry.after",
  503: "service.unavailable",
};

/** The answer of a fault that strikes at a moment. */
function spoil(exchange: OpenExchange, when: "before" | "after"): Answer | undefined {
  const fault = struckBy(exchange.faults, "status", when);
  if (fault === undefined) return undefined;
  const { status, retryAfterSeconds } = fault;
  if (retryAfterSeconds !== undefined) exchange.headers["Retry-After"] = String(retryAfterSeconds);
  const error = new ApiError(
    codesOfFaults[status] ?? "internal.server.error",
    "This answer was asked of the emulator's fault dial.",
  );
  const body = exchange.describe(error) as object;
  return { status, body: { ...body, ...(status === error.status ? {} : { status }) } };
}

async function delay(
  { faults }: OpenExchange,
  clock: EmulatorClock,
  when: "before" | "after",
): Promise<void> {
  const fault = struckBy(faults, "latency", when);
  if (fault === undefined) return;
  await new Promise<void>((resolve) => void clock.schedule(fault.ms, resolve));
  await setImmediate();
}

function log(
  { wireLog }: ServerContext,
  { c, at, startedAt, faults, headers, requestBody, clientId }: OpenExchange,
  answered: { status?: number; responseBody?: string; failure?: string },
): void {
  wireLog.add({
    kind: "request",
    at,
    method: c.req.method,
    url: c.req.url.replace(/^https?:\/\/[^/]*/, ""),
    requestHeaders: readHeaders(c),
    requestBody,
    responseHeaders: headers,
    durationMs: performance.now() - startedAt,
    ...(faults.length === 0 ? {} : { faults: faults.map(({ kind }) => kind) }),
    ...(clientId === undefined ? {} : { clientId }),
    ...answered,
  });
}

function drop(context: ServerContext, exchange: OpenExchange): Response {
  log(context, exchange, { failure: "the connection was dropped on purpose" });
  const { outgoing } = nodeBindings(exchange.c);
  if (outgoing === undefined)
    throw new ConnectionDroppedError("the emulator dropped the connection, as its fault dial says");
  outgoing.destroy();
  return alreadySent;
}
