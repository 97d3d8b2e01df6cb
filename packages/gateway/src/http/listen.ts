import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PortUnavailableError } from "../gateway-error.ts";

/** Limits of the HTTP server. Slow senders are cut off within these, whatever they send. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
} as const;

/** Where a server listens. */
export interface Place {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** The option that a person changes the port by. Default: `--port`. */
  option?: string;
}

/** Starts an HTTP server. @throws PortUnavailableError */
export function listen(answer: RequestListener, place: Place): Promise<Server> {
  const server = createServer(serverLimits, answer);
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(portUnavailable(cause, place)));
    server.listen(place.port, place.host, () => resolve(server));
  });
}

/** Where a server that listens on `host` is reached, such as `http://127.0.0.1:4400`. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const listenFix = "Listen on 127.0.0.1, which is the default, or on all addresses with --host 0.0.0.0.";

function portUnavailable(
  cause: NodeJS.ErrnoException,
  { port, host, option = "--port" }: Place,
): PortUnavailableError {
  const reasons: Record<string, [string, string]> = {
    EADDRINUSE: [
      `Port ${port} on ${host} is taken by another program.`,
      `Stop that program, or choose another port, such as ${option} ${port + 1}; ${option} 0 takes a free one.`,
    ],
    EACCES: [`Port ${port} may not be opened by this user.`, `Choose a port above 1023 with ${option}.`],
    EADDRNOTAVAIL: [`This machine has no address ${host}.`, listenFix],
    ENOTFOUND: [`The host ${host} has no address.`, listenFix],
  };
  const [message, fix] = reasons[cause.code ?? ""] ?? [
    `Port ${port} on ${host} cannot be opened: ${cause.code ?? cause.message}.`,
    `Choose another port or address with ${option} or --host.`,
  ];
  return new PortUnavailableError(message, fix, { cause });
}
