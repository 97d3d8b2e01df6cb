import type { Meter } from "@opentelemetry/api";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { listen, type Place, urlOf } from "../http/listen.ts";
import { version } from "../version.ts";

const path = "/metrics";

/** A meter, and the address where Prometheus finds what it measured. */
export interface ServedMetrics {
  meter: Meter;
  /** Such as `http://127.0.0.1:9464/metrics`. */
  url: string;
  close(): Promise<void>;
}

/** Measures, and answers `GET /metrics` in Prometheus' text format on a port of its own. @throws PortUnavailableError */
export async function serveMetrics(place: Place): Promise<ServedMetrics> {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  const server = await listen((request, response) => {
    if (request.method === "GET" && request.url === path)
      exporter.getMetricsRequestHandler(request, response);
    else
      response
        .writeHead(404, { "content-type": "text/plain" })
        .end(`Here is GET ${path}, and nothing else.\n`);
  }, place);
  return {
    meter: provider.getMeter("@quickcard/gateway", version),
    url: urlOf(server, place.host) + path,
    async close() {
      server.close();
      server.closeAllConnections();
      await provider.shutdown();
    },
  };
}
