import type { Context, Histogram, Span, Tracer } from "@opentelemetry/api";
import { version } from "../core.ts";
import type { Call } from "../layers/layer.ts";

const instrumentation = "@quickcard/client";

type Api = typeof import("@opentelemetry/api");

/** Bounds of the buckets, in seconds, that the conventions advise for `http.client.request.duration`. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** How a request ended. */
export interface Ending {
  readonly status: number | undefined;
  /** The status where the server refused, else the code of the error. */
  readonly errorType: string | undefined;
  readonly durationMs: number;
}

/**
 * Spans and metrics of HTTP clients, by the semantic conventions 1.23 and later
 * (https://opentelemetry.io/docs/specs/semconv/http/).
 */
export class OpenTelemetry {
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #duration: Histogram;
  #isHeard: boolean;

  constructor(api: Api) {
    this.#api = api;
    this.#tracer = api.trace.getTracer(instrumentation, version);
    this.#duration = api.metrics
      .getMeter(instrumentation, version)
      .createHistogram("http.client.request.duration", {
        description: "Duration of HTTP client requests.",
        unit: "s",
        advice: { explicitBucketBoundaries: durationBuckets },
      });
    this.#isHeard = this.#duration !== api.createNoopMeter().createHistogram("");
  }

  /**
   * Whether the program has set OpenTelemetry up. Where it only has the API, as many a library brings it, nobody hears of spans,
   * and making them would take a tenth of a request.
   */
  get isHeard(): boolean {
    this.#isHeard ||= this.#hasTracers();
    return this.#isHeard;
  }

  #hasTracers(): boolean {
    const provider = this.#api.trace.getTracerProvider();
    if (!(provider instanceof this.#api.ProxyTracerProvider)) return true;
    return provider.getDelegateTracer(instrumentation) !== undefined;
  }

  /** Begins the span of one request, a child of whatever is active. */
  begin(call: Call): { readonly span: Span; readonly context: Context } {
    const { trace, context, SpanKind } = this.#api;
    const span = this.#tracer.startSpan(`${call.method}${call.template ? ` ${call.template}` : ""}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        ...attributesOf(call),
        "url.full": call.url,
        ...(call.attempt === undefined ? {} : { "http.request.resend_count": call.attempt - 1 }),
      },
    });
    return { span, context: trace.setSpan(context.active(), span) };
  }

  /** The call with the headers by which the server's spans join this one. */
  withTraceHeaders(call: Call, context: Context): Call {
    const headers = { ...call.headers };
    this.#api.propagation.inject(context, headers);
    return { ...call, headers };
  }

  /** Does something with a span active. */
  within<Result>(context: Context, work: () => Result): Result {
    return this.#api.context.with(context, work);
  }

  end(call: Call, span: Span, { status, errorType, durationMs }: Ending): void {
    const outcome = {
      ...(status === undefined ? {} : { "http.response.status_code": status }),
      ...(errorType === undefined ? {} : { "error.type": errorType }),
    };
    span.setAttributes(outcome);
    if (errorType !== undefined) span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    span.end();
    this.#duration.record(durationMs / 1000, { ...attributesOf(call), ...outcome });
  }
}

/** What spans and metrics have in common. */
function attributesOf({ method, url, template }: Call): Record<string, string | number> {
  const [, scheme = "", address = "", port] = /^(https?):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+))?/.exec(url) ?? [];
  return {
    "http.request.method": method,
    "server.address": address,
    "server.port": port === undefined ? (defaultPorts[scheme] ?? 0) : Number(port),
    "url.scheme": scheme,
    ...(template === undefined ? {} : { "url.template": template }),
  };
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };
