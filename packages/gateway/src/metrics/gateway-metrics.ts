import type { Histogram, Meter } from "@opentelemetry/api";
import type { Settlement } from "../store/store.ts";

/** Upper bounds of an answer's time, in seconds: most take milliseconds, none more than the server's own limit. */
const answerBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Upper bounds of the time from accepted to delivered, in seconds: from at once to a day. */
const delayBounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 21_600, 86_400];

/** A request as it was answered. */
export interface AnsweredRequest {
  method: string;
  /** The route's pattern, never the path: a path may hold a customer's link. */
  route: string;
  status: number;
  durationMs: number;
}

/** What a gateway measures for operators, named as in Prometheus. No attribute holds an id, an address or a text, and each has few values. */
export interface GatewayMetrics {
  onAnswered(request: AnsweredRequest): void;
  onSettled(settlement: Settlement): void;
}

/** @param now Milliseconds since 1970, on the clock that messages are accepted by. */
export function gatewayMetrics(meter: Meter, now: () => number): GatewayMetrics {
  const answers = histogram(
    meter,
    "quickcard_request_duration_seconds",
    answerBounds,
    "Time from request to answer.",
  );
  const delays = histogram(
    meter,
    "quickcard_delivery_delay_seconds",
    delayBounds,
    "Time from accepted, or due, until the channel took a message.",
  );
  const attempts = meter.createCounter("quickcard_delivery_attempts", {
    description: "What came of attempts to deliver.",
  });
  meter
    .createObservableGauge("quickcard_process_memory_bytes", {
      unit: "By",
      description: "Memory that the process holds.",
    })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  return {
    onAnswered: ({ durationMs, ...attributes }) => answers.record(durationMs / 1000, { ...attributes }),
    onSettled({ claim: { message, contact }, decision: { status } }) {
      const { channel } = contact;
      attempts.add(1, { channel, status });
      const dueAt = Math.max(message.createdAt, message.sendAt ?? 0);
      if (status === "sent") delays.record(Math.max(0, now() - dueAt) / 1000, { channel });
    },
  };
}

function histogram(
  meter: Meter,
  name: string,
  explicitBucketBoundaries: number[],
  description: string,
): Histogram {
  return meter.createHistogram(name, { unit: "s", description, advice: { explicitBucketBoundaries } });
}
