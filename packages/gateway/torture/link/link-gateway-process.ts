// A gateway in a process of its own that is linked to an emulator. Tells its port.
import { type ServeOptions, serve, webChannel } from "@quickcard/gateway";
import { destination, pino } from "pino";

import type { StorePlace } from "../gateway-fleet.ts";
import { settingsFromParent, tellParent } from "../parent-process.ts";
import { torturePolicy } from "../torture-policy.ts";
import { notificationTorturePolicy } from "./link-torture-policy.ts";

/** What the process is told. */
export interface LinkGatewaySettings {
  port: number;
  store: StorePlace;
  genesysCloud: NonNullable<ServeOptions["genesysCloud"]>;
}

/** Nobody waits for a page: a short lease is enough. */
const pages = { ...webChannel, traits: { ...webChannel.traits, requestTimeoutMs: 1000 } };

const { store, ...settings } = settingsFromParent<LinkGatewaySettings>();
const gateway = await serve({
  ...settings,
  ...(store.kind === "sqlite" ? { dataDirectory: store.directory } : { database: store.url }),
  host: "127.0.0.1",
  rateLimitPerMinute: 1_000_000_000,
  channels: [pages],
  deliveryPolicy: torturePolicy,
  notificationPolicy: notificationTorturePolicy,
  logger: pino({ level: "error" }, destination(2)),
});
tellParent({ port: gateway.port });
