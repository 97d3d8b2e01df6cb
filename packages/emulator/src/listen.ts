import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { EmulatorOptionError, EmulatorPortError } from "./emulator-error.ts";

/** Where an emulator listens. */
export interface ListenOptions {
  /** Default: 4480. 0 takes a free one. */
  port?: number;
  /** Default: `127.0.0.1`. */
  host?: string;
  /** Whether `host` may be another than this machine's own. Default: false. */
  allowRemote?: boolean;
}

/** A server that runs. */
export interface Listening {
  url: string;
  server: Server;
  close(): Promise<void>;
}

export const defaultPort = 4480;

const loopback = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/** Limits of the HTTP server. Slow senders are cut off within these, whatever they send. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
} as const;

/**
 * Answers requests over HTTP.
 *
 * @throws EmulatorOptionError for an address that is not this machine's own, unless it is allowed.
 * @throws EmulatorPortError where the port is taken.
 */
export async function listen(
  fetch: (request: Request, bindings: unknown) => Response | Promise<Response>,
  { port = defaultPort, host = "127.0.0.1", allowRemote = false }: ListenOptions,
): Promise<Listening> {
  if (!allowRemote && !loopback.test(host))
    throw new EmulatorOptionError(
      `host: ${host} can be reached from other machines, and whoever reaches an emulator can use it.`,
      "Listen on 127.0.0.1, or allow it (allowRemote, --allow-remote)",
    );
  const server = createServer(serverLimits, (incoming, outgoing) => void handle(incoming, outgoing));
  const handle = getRequestListener(fetch, { overrideGlobalObjects: false });
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        new EmulatorPortError(
          `Cannot listen on ${host}, port ${port}: ${error.code}.`,
          "Stop what uses the port, or take another; 0 is a free one",
          { cause: error },
        ),
      );
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
  return { url: urlOf(server), server, close: () => close(server) };
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  const host = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
  return `http://${family === "IPv6" || host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
