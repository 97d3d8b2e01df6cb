// A gateway in a process of its own that sends to the upstream stand-in. Tells its port.
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { serve } from "@quickcard/gateway";
import { destination, pino } from "pino";
import type { GatewayProcessSettings, StorePlace } from "./gateway-fleet.ts";
import { openStore } from "./open-store.ts";
import { settingsFromParent, tellParent } from "./parent-process.ts";
import { upstreamChannel } from "./upstream/upstream-channel.ts";

const { port, store, upstreamUrl, echoesUrl, traits, policy } = settingsFromParent<GatewayProcessSettings>();
const gateway = await serve({
  port,
  host: "127.0.0.1",
  ...(store.kind === "sqlite" ? { dataDirectory: store.directory } : { database: store.url }),
  rateLimitPerMinute: 1_000_000_000,
  channels: [upstreamChannel(upstreamUrl, traits, policy.maxInFlight)],
  deliveryPolicy: policy,
  logger: pino({ level: "warn" }, destination(2)),
});
if (echoesUrl !== undefined) await takeEchoes(echoesUrl, store);
tellParent({ port: gateway.port });

/** Takes the upstream's word on what it has shown, as a webhook would: beside the worker, through the store. */
async function takeEchoes(url: string, place: StorePlace): Promise<void> {
  const { body } = await fetch(url);
  if (!body) return;
  const echoStore = await openStore(place);
  createInterface(Readable.fromWeb(body as ReadableStream)).on("line", (messageId) => {
    echoStore
      .recordApplied(messageId)
      .catch(() => process.stderr.write(`the echo of ${messageId} is lost\n`));
  });
}
