import { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { requestLine } from "../request-line.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Ending, OpenTelemetry } from "../telemetry/open-telemetry.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { headerValue } from "../transport/transport.ts";
import type { Answer, Call, Layer, Send } from "./layer.ts";

interface TraceOptions {
  readonly logger: Logger | undefined;
  readonly time: TimeAndChance;
  /** Loads OpenTelemetry, where the program has it. */
  readonly loadOpenTelemetry: () => Promise<OpenTelemetry | undefined>;
}

/**
 * Tells of each request that goes over the wire, also of those for a token and of repetitions: to the logger, and to
 * OpenTelemetry where it is present. It stands next to `send`, as the conventions ask for a span of each attempt.
 */
export function trace({ logger, time, loadOpenTelemetry }: TraceOptions): Layer {
  let telemetry: OpenTelemetry | undefined;
  let isLoaded = false;
  // Begun now, so that the first call hardly waits for it.
  const loading = loadOpenTelemetry().then((loaded) => {
    telemetry = loaded;
    isLoaded = true;
  });
  return (next) => {
    const trySend: Send = (call) =>
      logger || telemetry?.isHeard
        ? traced(call, next, { telemetry: telemetry?.isHeard ? telemetry : undefined, logger, time })
        : next(call);
    return (call) => (isLoaded ? trySend(call) : loading.then(() => trySend(call)));
  };
}

interface Tracers {
  readonly telemetry: OpenTelemetry | undefined;
  readonly logger: Logger | undefined;
  readonly time: TimeAndChance;
}

async function traced(call: Call, next: Send, { telemetry, logger, time }: Tracers): Promise<Answer> {
  const startedAtMs = time.monotonicMs();
  const begun = telemetry?.begin(call);
  let hasEnded = false;
  const end = (answer: Answer | undefined, error?: unknown) => {
    if (hasEnded) return;
    hasEnded = true;
    const ending = endingOf(answer, error, time.monotonicMs() - startedAtMs);
    if (telemetry && begun) telemetry.end(call, begun.span, ending);
    if (logger) log(logger, call, ending, correlationIdOf(answer, error));
  };
  // A transport may never notice that it was given up.
  call.cancellation?.onAbort(() => end(undefined, call.cancellation?.reason));
  try {
    const answer = await (telemetry && begun
      ? telemetry.within(begun.context, () => next(telemetry.withTraceHeaders(call, begun.context)))
      : next(call));
    end(answer);
    return answer;
  } catch (error) {
    end(undefined, error);
    throw error;
  }
}

function endingOf(answer: Answer | undefined, error: unknown, durationMs: number): Ending {
  if (answer) return { status: answer.status, errorType: undefined, durationMs };
  if (!OpenMessagingError.is(error)) return { status: undefined, errorType: "aborted", durationMs };
  const isRefusal = error.status !== undefined && error.status >= 300;
  return {
    status: error.status,
    errorType: isRefusal ? String(error.status) : error.code,
    durationMs,
  };
}

function correlationIdOf(answer: Answer | undefined, error: unknown): string | undefined {
  if (answer) return headerValue(answer.headers, "inin-correlation-id");
  return OpenMessagingError.is(error) ? error.correlationId : undefined;
}

function log(
  logger: Logger,
  call: Call,
  { status, errorType, durationMs }: Ending,
  correlationId: string | undefined,
): void {
  const tookMs = Math.round(durationMs);
  const line = `${requestLine(call)} ${status ?? errorType} in ${tookMs} ms`;
  const fields = {
    method: call.method,
    status,
    errorType,
    durationMs: tookMs,
    attempt: call.attempt ?? 1,
    correlationId,
  };
  if (errorType === undefined) logger.debug(line, fields);
  else logger.warn(line, fields);
}
