import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient, text } from "@quickcard/client";
import { openClientRegistry, type RunningGateway, serve } from "@quickcard/gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";

const canary = "canary-7f3a";

let folder: string;
let gateway: RunningGateway;

const place = () => ({ host: "127.0.0.1", dataDirectory: folder });

/** Samples by their name and attributes. */
async function scrape(): Promise<Map<string, number>> {
  const page = await (await fetch(gateway.metricsUrl ?? "")).text();
  expect(page).not.toContain(canary);
  const samples = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(samples.map((line) => [line.replace(/ \S+$/, ""), Number(line.split(" ").at(-1))]));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "quickcard-metrics-"));
  gateway = await serve({ ...place(), port: 0, metricsPort: 0 });
  const clients = openClientRegistry(folder);
  const { clientId, clientSecret = "" } = await clients.create({
    name: "test",
    scopes: ["messages:send", "conversations:write"],
  });
  await clients.close();
  const client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
  const contact = await client.contacts.create({ channel: "web", displayName: canary });
  await client.messages.send(contact.id, text(canary));
  await fetch(`${gateway.url}/${canary}`);
  await client.close();
  await waitUntil(async () =>
    (await scrape()).has('quickcard_delivery_attempts_total{channel="web",status="sent"}'),
  );
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

test("requests are measured by their route and answer, and deliveries by their channel and what came of them", async () => {
  const samples = await scrape();
  const sends =
    'method="POST",route="/api/v2/conversations/messaging/contacts/{contactId}/messages",status="201"';
  expect(samples.get(`quickcard_request_duration_seconds_count{${sends}}`)).toBe(1);
  const unknown = 'method="GET",route="(none)",status="404"';
  expect(samples.get(`quickcard_request_duration_seconds_count{${unknown}}`)).toBe(1);
  expect(samples.get('quickcard_delivery_attempts_total{channel="web",status="sent"}')).toBe(1);
  expect(samples.get('quickcard_delivery_delay_seconds_count{channel="web"}')).toBe(1);
  expect(samples.get('quickcard_delivery_delay_seconds_bucket{channel="web",le="86400"}')).toBe(1);
  expect(samples.get("quickcard_process_memory_bytes")).toBeGreaterThan(1_000_000);
});

test("the guide explains each metric, and no others", async () => {
  const guide = readFileSync(new URL("../../../docs/guides/run-a-gateway.md", import.meta.url), "utf8");
  const [, table = ""] = guide.split("| metric |");
  const explained = [...(table.split("\n\n")[0] ?? "").matchAll(/^\| `([^`{]+)/gm)].map(([, name]) => name);
  const measured = [...(await scrape()).keys()].map((name) =>
    name.replace(/\{.*/, "").replace(/_(bucket|sum|count)$/, ""),
  );
  expect(explained.toSorted()).toEqual([...new Set(measured)].toSorted());
});

test("the port of metrics answers nothing else, and the gateway's own port no metrics", async () => {
  const other = await fetch(new URL("/health/live", gateway.metricsUrl));
  expect([other.status, await other.text()]).toEqual([404, "Here is GET /metrics, and nothing else.\n"]);
  expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
});

test("a port for metrics that is taken is told with its own option, and leaves nothing open", async () => {
  const port = await freePort();
  const taken = Number(new URL(gateway.metricsUrl ?? "").port);
  const elsewhere = mkdtempSync(join(tmpdir(), "quickcard-metrics-"));
  const options = { ...place(), dataDirectory: elsewhere, port };
  await expect(serve({ ...options, metricsPort: taken })).rejects.toMatchObject({
    code: "port_unavailable",
    fix: expect.stringContaining("--metrics-port"),
  });
  await (await serve(options)).close();
  rmSync(elsewhere, { recursive: true });
});
