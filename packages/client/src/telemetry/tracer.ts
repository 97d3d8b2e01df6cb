import { correlationIdOf, OpenMessagingError, requestLine } from "../core.ts";
import type { Answer, Call, Send } from "../layers/layer.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { Logger } from "./logger.ts";
import { type Ending, OpenTelemetry } from "./open-telemetry.ts";

/** Tells of requests. */
export interface Tracer {
  /** Whether anybody hears of them now. */
  readonly isHeard: boolean;
  /** Makes a call, and tells how it went. */
  send(call: Call, next: Send): Promise<Answer>;
}

/** Makes what tells a logger and OpenTelemetry, each where it is present. */
export function createTracer(
  api: typeof import("@opentelemetry/api") | undefined,
  logger: Logger | undefined,
  time: TimeAndChance,
): Tracer {
  const telemetry = openTelemetryOf(api);
  return {
    get isHeard() {
      return logger !== undefined || telemetry?.isHeard === true;
    },
    send: (call, next) =>
      traced(call, next, { telemetry: telemetry?.isHeard ? telemetry : undefined, logger, time }),
  };
}

/** An OpenTelemetry that cannot be used, such as one of a version to come, is as good as none. */
function openTelemetryOf(api: typeof import("@opentelemetry/api") | undefined): OpenTelemetry | undefined {
  try {
    return api && new OpenTelemetry(api);
  } catch {
    return undefined;
  }
}

interface Listeners {
  readonly telemetry: OpenTelemetry | undefined;
  readonly logger: Logger | undefined;
  readonly time: TimeAndChance;
}

async function traced(call: Call, next: Send, { telemetry, logger, time }: Listeners): Promise<Answer> {
  const startedAtMs = time.monotonicMs();
  const begun = telemetry?.begin(call);
  let hasEnded = false;
  const end = (answer: Answer | undefined, error?: unknown) => {
    if (hasEnded) return;
    hasEnded = true;
    const ending = endingOf(answer, error, time.monotonicMs() - startedAtMs);
    if (telemetry && begun) telemetry.end(call, begun.span, ending);
    if (logger) log(logger, call, ending, correlationId(answer, error));
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

function correlationId(answer: Answer | undefined, error: unknown): string | undefined {
  if (answer) return correlationIdOf(answer.headers);
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
