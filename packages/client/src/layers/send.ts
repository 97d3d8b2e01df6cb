import { readConnectionFailure } from "#connection-failure";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { ConnectionError, ResponseError, SentButUnreadableError } from "../errors/transport-errors.ts";
import { requestLine } from "../request-line.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { correlationIdOf } from "../transport/correlation-id.ts";
import { BodyTooLongError, readBody } from "../transport/read-body.ts";
import {
  headerValue,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "../transport/transport.ts";
import type { Answer, Call, Expectation, Send } from "./layer.ts";

/** Makes the error that tells of an answer other than 2xx: the server did not do what was asked. */
export type ReadRefusal = (
  call: Call,
  response: TransportResponse,
  epochMs: number,
) => Promise<OpenMessagingError>;

interface SendOptions {
  readonly transport: Transport;
  readonly readRefusal: ReadRefusal;
  readonly time: TimeAndChance;
}

/** The innermost layer: one request over the transport. Its answer is read and checked, and whatever is wrong is a typed error. */
export function send({ transport, readRefusal, time }: SendOptions): Send {
  return async (call) => {
    // Whoever waited for a token meanwhile may have given up: then nothing must be sent any more.
    if (call.cancellation?.isAborted) throw call.cancellation.reason;
    call.signal?.throwIfAborted();
    const response = await reach(transport, call);
    const { status } = response;
    if (status < 200 || status >= 300) throw await readRefusal(call, response, time.epochMs());
    return await readAnswer(call, response);
  };
}

async function reach(transport: Transport, call: Call): Promise<TransportResponse> {
  try {
    return await transport(requestOf(call, transport));
  } catch (error) {
    throw connectionError(call, error);
  }
}

/** What of a call concerns a transport. A signal is made only for one that needs it. */
function requestOf(call: Call, transport: Transport): TransportRequest {
  const { method, url, headers, body, signal, cancellation } = call;
  if (!cancellation) return { method, url, headers, body, signal };
  if (transport.takesCancellation) return { method, url, headers, body, cancellation };
  return { method, url, headers, body, signal: cancellation.signal };
}

/** What each expectation asks of a parsed body. */
const isExpected: Record<Exclude<Expectation, "stream" | "nothing">, (json: unknown) => boolean> = {
  entity: (json) => isObject(json) && typeof json.id === "string" && json.id !== "",
  page: (json) => isObject(json) && Array.isArray(json.entities),
  object: isObject,
};

async function readAnswer(call: Call, response: TransportResponse): Promise<Answer> {
  const { status, headers } = response;
  if (call.expects === "stream") return { status, headers, stream: eventStreamOf(call, response) };
  try {
    const text = await readBody(response);
    if (call.expects === "nothing") return { status, headers };
    const json: unknown = JSON.parse(text);
    if (isExpected[call.expects](json)) return { status, headers, json };
  } catch (error) {
    throw unreadableError(call, response, error);
  }
  throw unreadableError(call, response);
}

function eventStreamOf(call: Call, response: TransportResponse): AsyncIterable<Uint8Array> {
  const type = headerValue(response.headers, "content-type") ?? "";
  if (!type.startsWith("text/event-stream") || response.body instanceof Uint8Array) {
    throw unreadableError(call, response);
  }
  return response.body;
}

function connectionError(call: Call, cause: unknown): ConnectionError {
  const { code, fate, isTransient, fix } = readConnectionFailure(cause);
  const what = fate === "not_sent" ? "could not be sent" : "was sent, but no answer came";
  return new ConnectionError({
    message: `${requestLine(call)} ${what} (${code}, ${new URL(call.url).origin})`,
    fix,
    fate,
    retryable: isTransient && (fate === "not_sent" || call.repeatable),
    cause,
  });
}

function unreadableError(call: Call, response: TransportResponse, cause?: unknown): OpenMessagingError {
  const facts = {
    status: response.status,
    correlationId: correlationIdOf(response.headers),
    fate: "applied" as const,
    // A parser's own words can quote the body, and with it a customer's.
    cause: cause instanceof SyntaxError ? undefined : cause,
  };
  const answered = `${requestLine(call)} was answered with ${response.status}`;
  if (call.method === "POST" && (call.expects === "entity" || !call.repeatable)) {
    return new SentButUnreadableError({
      ...facts,
      message: `${answered}, so it is done, but the answer cannot be read: the id is unknown`,
      fix: "Do not simply send again. Read the history, or repeat the call with the `idempotencyKey` of this error: a gateway then answers the same again.",
    });
  }
  const isBroken =
    cause !== undefined && !(cause instanceof SyntaxError || cause instanceof BodyTooLongError);
  return new ResponseError({
    ...facts,
    message: `${answered}, but the body is ${cause instanceof BodyTooLongError ? "too long" : "not the answer of a contacts API"}`,
    fix: "Check that `baseUrl` names a gateway, and that no proxy or sign-in page answers in its place.",
    retryable: isBroken,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
