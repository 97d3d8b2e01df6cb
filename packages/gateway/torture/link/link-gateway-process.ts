// A gateway in a process of its own that is linked to an emulator. Tells its port.
import { type ServeOptions, serve } from "@quickcard/gateway";
import { destination, pino } from "pino";
import { settingsFromParent, tellParent } from "../parent-process.ts";

/** What the process is told. */
export interface LinkGatewaySettings {
  port: number;
  dataDirectory: string;
  genesysCloud: NonNullable<ServeOptions["genesysCloud"]>;
}

const settings = settingsFromParent<LinkGatewaySettings>();
const gateway = await serve({
  ...settings,
  host: "127.0.0.1",
  rateLimitPerMinute: 1_000_000_000,
  logger: pino({ level: "error" }, destination(2)),
});
tellParent({ port: gateway.port });
