// A gateway in a process of its own with the real adapter of a channel. Tells its port.
import { serve } from "@quickcard/gateway";
import { destination, pino } from "pino";
import type { StorePlace } from "../gateway-fleet.ts";
import { settingsFromParent, tellParent } from "../parent-process.ts";
import { torturePolicy, tortureTraits } from "../torture-policy.ts";
import { type TorturedVendorName, torturedVendors } from "./tortured-vendors.ts";

/** What the process is told. */
export interface VendorGatewaySettings {
  port: number;
  store: StorePlace;
  vendor: TorturedVendorName;
  vendorUrl: string;
}

const { port, store, vendor, vendorUrl } = settingsFromParent<VendorGatewaySettings>();
const adapter = torturedVendors[vendor].createAdapter(vendorUrl);
const { repeat, evidence } = adapter.traits;
const gateway = await serve({
  port,
  ...(store.kind === "sqlite" ? { dataDirectory: store.directory } : { database: store.url }),
  host: "127.0.0.1",
  rateLimitPerMinute: 1_000_000_000,
  // The times of a torture, and no quota.
  channels: [{ ...adapter, traits: { ...tortureTraits, repeat, evidence } }],
  // What a vendor never took cannot be found out, and is waited for no longer than a run goes on.
  deliveryPolicy: { ...torturePolicy, searchDeadlineMs: 12_000 },
  logger: pino({ level: "error" }, destination(2)),
});
tellParent({ port: gateway.port });
