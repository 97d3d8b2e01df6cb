import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import type { ChannelAdapter } from "./channels/channel.ts";
import type { DeliveryPolicy } from "./delivery/delivery-policy.ts";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";
import { OptionError } from "./gateway-error.ts";
import type { LinkPolicy } from "./genesys-cloud/link-policy.ts";
import type { GenesysCloudLinkOptions } from "./genesys-cloud/link-settings.ts";
import { listen, urlOf } from "./http/listen.ts";
import { createLogger } from "./log.ts";
import { openPostgresStore } from "./store/postgres/open-postgres-store.ts";
import { lockDataDirectory, openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
import type { Store } from "./store/store.ts";
import type { NotificationPolicy } from "./subscriptions/notification-policy.ts";

/** How a gateway is run as a server of its own. */
export interface ServeOptions {
  /** 0 takes a free one. */
  port: number;
  /** The address to listen on, such as `127.0.0.1`. */
  host: string;
  /** The folder for the database; made where it is not there. Needed unless there is a `database`. */
  dataDirectory?: string;
  /** The URL of a PostgreSQL database, which any number of gateways may share: it is used instead of a folder. */
  database?: string;
  /** Requests a minute for each token. Default: 300. */
  rateLimitPerMinute?: number;
  /** Whether messages may name `http:` addresses. Default: false. */
  allowHttpMedia?: boolean;
  /** The origins whose pages may show the customer's page in a frame, such as an agent desk's. Default: none. */
  chatFrameOrigins?: readonly string[];
  /** Whether webhooks may go to private, loopback and link-local addresses. Default: false. */
  allowPrivateTargets?: boolean;
  /** Whether webhooks may go to `http:` addresses. Default: false. */
  allowHttpTargets?: boolean;
  /** The ways to customers. Default: the web channel. */
  channels?: readonly ChannelAdapter[];
  /** What of delivery is steered otherwise than by default. */
  deliveryPolicy?: Partial<DeliveryPolicy>;
  /** What of webhooks to subscribers, and of telling Genesys Cloud, is steered otherwise than by default. */
  notificationPolicy?: Partial<NotificationPolicy>;
  /** How many days messages are kept once they are finished. Default: for ever. */
  retentionDays?: number;
  /** The organisation of Genesys Cloud whose Open Messaging middleware this gateway is. Default: none. */
  genesysCloud?: GenesysCloudLinkOptions & {
    /** Where webhooks lie while the database is away. Default: a folder in the data folder; needed with a `database`. */
    spoolDirectory?: string;
    /** What of the link is steered otherwise than by default. */
    policy?: Partial<LinkPolicy>;
  };
  /** What links to this gateway begin with, where it stands behind a proxy. Default: the origin of each request. */
  publicUrl?: string;
  /** The port, on the same `host`, where Prometheus finds `/metrics`; 0 takes a free one. Default: there is none. */
  metricsPort?: number;
  /** Default: one JSON line an event on standard error, from `warn` up. */
  logger?: Logger;
}

/** A gateway that listens. */
export interface RunningGateway {
  /** Such as `http://127.0.0.1:4400`. */
  url: string;
  port: number;
  /** Where Prometheus finds the metrics, where there is a `metricsPort`. */
  metricsUrl?: string;
  /** Stops politely: answers what is under way, ends streams, finishes deliveries. Nothing accepted is lost. */
  close(): Promise<void>;
}

/** Genesys Cloud's `client.credentials.token.rate.per.minute`. */
const defaultRateLimitPerMinute = 300;

/** How long a stop waits for requests under way before it cuts them off. */
const stopGraceMs = 10_000;

/** How often a stop looks for connections that have become idle. */
const idleCheckMs = 20;

/**
 * Runs a gateway until it is closed.
 *
 * @throws PortUnavailableError, DataUnavailableError, DataInUseError, DataTooNewError, OptionError
 * @throws StoreUnavailableError where the `database` cannot be reached.
 */
export async function serve(options: ServeOptions): Promise<RunningGateway> {
  const settings = settingsOf(options);
  if (options.metricsPort === undefined) return serveGateway(options, settings);
  const { serveMetrics } = await import("./metrics/serve-metrics.ts");
  const place = { port: options.metricsPort, host: options.host, option: "--metrics-port" };
  const metrics = await serveMetrics(place);
  try {
    const gateway = await serveGateway(options, { ...settings, meter: metrics.meter });
    const close = async () => {
      await gateway.close();
      await metrics.close();
    };
    return { ...gateway, metricsUrl: metrics.url, close };
  } catch (error) {
    await metrics.close();
    throw error;
  }
}

type GatewaySettings = Omit<GatewayOptions, "store">;

async function serveGateway(options: ServeOptions, settings: GatewaySettings): Promise<RunningGateway> {
  const { store, unlock } = await openStore(options);
  let gateway: Gateway | undefined;
  try {
    gateway = createGateway({ ...settings, store });
    await gateway.ready();
    return running(await listenFor(gateway, options), gateway, options.host, unlock);
  } catch (error) {
    await (gateway ?? store).close();
    unlock();
    throw error;
  }
}

/** What a gateway is told, all but its store. */
function settingsOf(options: ServeOptions): GatewaySettings {
  const { channels, deliveryPolicy, notificationPolicy, genesysCloud, publicUrl, retentionDays } = options;
  return {
    logger: options.logger ?? createLogger("warn"),
    rateLimitPerMinute: options.rateLimitPerMinute ?? defaultRateLimitPerMinute,
    allowHttpMedia: options.allowHttpMedia ?? false,
    chatFrameOrigins: (options.chatFrameOrigins ?? []).map(readFrameOrigin),
    webhookTargets: {
      allowPrivate: options.allowPrivateTargets ?? false,
      allowHttp: options.allowHttpTargets ?? false,
    },
    ...(channels ? { channels } : {}),
    ...(genesysCloud ? { genesysCloud: { ...genesysCloud, spoolDirectory: spoolDirectory(options) } } : {}),
    ...(deliveryPolicy ? { deliveryPolicy } : {}),
    ...(notificationPolicy ? { notificationPolicy } : {}),
    ...(publicUrl === undefined ? {} : { publicUrl: readPublicUrl(publicUrl) }),
    ...(retentionDays === undefined ? {} : { retentionMs: readRetention(retentionDays) }),
    now: Date.now,
    monotonicNow: () => performance.now(),
  };
}

/** A folder is this gateway's alone until it is unlocked; a database is shared. */
async function openStore({
  database,
  dataDirectory,
}: ServeOptions): Promise<{ store: Store; unlock: () => void }> {
  if (database !== undefined) return { store: await openPostgresStore(database), unlock: () => {} };
  if (dataDirectory === undefined) {
    throw new OptionError(
      "There is nowhere to keep anything.",
      "Name a data folder, or the URL of a PostgreSQL database.",
    );
  }
  const unlock = lockDataDirectory(dataDirectory);
  try {
    return { store: openSqliteStore(dataDirectory, { isOnlyWorker: true }), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

function spoolDirectory({ genesysCloud, dataDirectory }: ServeOptions): string {
  const directory = genesysCloud?.spoolDirectory ?? (dataDirectory && join(dataDirectory, "webhook-spool"));
  if (directory !== undefined) return directory;
  throw new OptionError(
    "There is nowhere to keep Genesys Cloud's webhooks while the database is away.",
    "Name a folder of this machine for them.",
  );
}

function readRetention(days: number): number {
  if (days > 0) return days * 24 * 60 * 60 * 1000;
  throw new OptionError(
    `Messages cannot be kept for ${days} days.`,
    "Give a number of days above 0, or leave it out to keep them for ever.",
  );
}

function readPublicUrl(text: string): string {
  const origin = originOf(text);
  if (origin !== undefined) return origin;
  throw new OptionError(
    `The public URL ${JSON.stringify(text)} cannot be used.`,
    "Give what customers' links begin with, without a path: https://chat.example.com",
  );
}

function readFrameOrigin(text: string): string {
  const origin = originOf(text);
  if (origin !== undefined) return origin;
  throw new OptionError(
    `${JSON.stringify(text)} is no origin whose pages could show the customer's page.`,
    "Give scheme and host, without a path: https://desk.example.com",
  );
}

/** The origin that an address without a path is; `undefined` where it is more, or none of HTTP's. */
function originOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "";
  return isOrigin ? url.origin : undefined;
}

function listenFor(gateway: Gateway, place: Pick<ServeOptions, "port" | "host">): Promise<Server> {
  const answer = getRequestListener((request) => gateway.fetch(request));
  return listen((incoming, outgoing) => void answer(incoming, outgoing), place);
}

function running(server: Server, gateway: Gateway, host: string, unlock: () => void): RunningGateway {
  let closing: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    url: urlOf(server, host),
    close() {
      closing ??= stop(server, gateway).finally(unlock);
      return closing;
    },
  };
}

async function stop(server: Server, gateway: Gateway): Promise<void> {
  gateway.beginStop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive becomes idle only after the answer under way on it; the next one is its last.
  server.prependListener("request", (_, answer) => {
    answer.shouldKeepAlive = false;
  });
  const sweep = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  const cutOff = setTimeout(() => server.closeAllConnections(), stopGraceMs);
  await closed;
  clearTimeout(cutOff);
  clearInterval(sweep);
  await gateway.close();
}
