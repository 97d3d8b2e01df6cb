import { context, metrics, propagation, trace as traceApi } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { text } from "@quickcard/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemTimeAndChance } from "../src/time-and-chance.ts";
import { failure } from "./fixtures/failure.ts";
import { accepted, contact, contactId, refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";

const template = "/api/v2/conversations/messaging/contacts/{contactId}/messages";
const canary = "text-canary";

describe("with OpenTelemetry", () => {
  const spans = new InMemorySpanExporter();
  const measurements = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 2 ** 30 });
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const meters = new MeterProvider({ readers: [reader] });

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    traceApi.setGlobalTracerProvider(tracers);
    metrics.setGlobalMeterProvider(meters);
  });
  beforeEach(() => spans.reset());
  afterAll(async () => {
    for (const api of [context, propagation, traceApi, metrics]) api.disable();
    await Promise.all([tracers.shutdown(), meters.shutdown()]);
  });

  test("each request is a span by the HTTP conventions, a child of what is active, and the server is told", async () => {
    await using api = await startContactsApi({ answers: [{ status: 503 }, accepted] });
    const tracer = traceApi.getTracer("test");

    const parent = await tracer.startActiveSpan("parent", async (span) => {
      await api.client().messages.send(contactId, text(canary));
      span.end();
      return span.spanContext();
    });

    const [token, first, second] = spans.getFinishedSpans();
    expect([token, first, second].map((span) => span?.name)).toEqual([
      "POST",
      `POST ${template}`,
      `POST ${template}`,
    ]);
    expect(second).toMatchObject({
      kind: 2,
      parentSpanContext: { spanId: parent.spanId },
      attributes: {
        "http.request.method": "POST",
        "http.response.status_code": 201,
        "http.request.resend_count": 1,
        "server.address": "127.0.0.1",
        "server.port": Number(new URL(api.url).port),
        "url.full": `${api.url}${template.replace("{contactId}", contactId)}`,
        "url.template": template,
      },
    });
    expect(first).toMatchObject({
      status: { code: 2 },
      attributes: { "http.response.status_code": 503, "error.type": "503" },
    });
    expect(api.apiRequests[1]?.headers.traceparent).toContain(
      `${parent.traceId}-${second?.spanContext().spanId}`,
    );
    expect(JSON.stringify(spans.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain(
      "canary",
    );
  });

  test("a request that gets no answer has the error's code as its type", async () => {
    await using api = await startContactsApi({ answers: [() => undefined] });

    await failure(
      api
        .client({ token: "t", attemptTimeoutMs: 40, maxAttempts: 1 }, { time: systemTimeAndChance })
        .contacts.get(contactId),
    );

    expect(spans.getFinishedSpans().map(({ attributes }) => attributes["error.type"])).toEqual(["timeout"]);
  });

  test("durations are recorded in seconds", async () => {
    await using api = await startContactsApi({ answers: [accepted] });
    measurements.reset();

    await api.client({ token: "t" }).messages.send(contactId, text("Hello"));
    await reader.forceFlush();

    const [metric] = measurements
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    expect(metric?.descriptor).toMatchObject({ name: "http.client.request.duration", unit: "s" });
    expect(metric?.dataPoints.map(({ attributes }) => attributes)).toContainEqual({
      "http.request.method": "POST",
      "http.response.status_code": 201,
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(api.url).port),
      "url.scheme": "http",
      "url.template": template,
    });
  });
});

test("a program may set OpenTelemetry up after it has made the client", async () => {
  await using api = await startContactsApi({ answers: [{ status: 200, json: contact }] });
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const client = api.client({ token: "t" });
  await client.contacts.get(contactId);

  traceApi.setGlobalTracerProvider(tracers);
  await client.contacts.get(contactId);
  const seen = spans.getFinishedSpans();
  traceApi.disable();
  await tracers.shutdown();

  expect(seen).toHaveLength(1);
});

test("a logger is told of each request in one line, without secrets and without the message", async () => {
  const answers = [
    refusal(429, "too.many.requests"),
    { ...accepted, headers: { "inin-correlation-id": "c-7" } },
  ];
  await using api = await startContactsApi({ answers });
  const logger = { debug: vi.fn(), warn: vi.fn() };

  await api.client({ logger }).messages.send(contactId, text(canary));

  const path = template.replace("{contactId}", contactId);
  expect(logger.warn.mock.calls).toEqual([
    [
      expect.stringContaining(`POST ${path} 429 in `),
      expect.objectContaining({ errorType: "429", attempt: 1 }),
    ],
  ]);
  expect(logger.debug.mock.calls).toEqual([
    ["POST /oauth/token 200 in 0 ms", expect.objectContaining({ status: 200 })],
    [`POST ${path} 201 in 0 ms`, expect.objectContaining({ attempt: 2, correlationId: "c-7" })],
  ]);
  expect(JSON.stringify([logger.warn.mock.calls, logger.debug.mock.calls])).not.toMatch(
    /canary|Bearer|token-1/,
  );
});

test("nothing is printed by default", async () => {
  await using api = await startContactsApi({ answers: [{ status: 503 }, { status: 200, json: contact }] });
  const printed = (["debug", "info", "log", "warn", "error"] as const).map((name) => vi.spyOn(console, name));

  await api.client().contacts.get(contactId);

  for (const method of printed) expect(method).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
