import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { ConnectionCutError } from "./fault-queue.ts";
import type { StandIn } from "./stand-in.ts";
import { standInRoutes } from "./stand-in-routes.ts";

/** A stand-in that listens. */
export interface RunningStandIn {
  /** What a program takes in place of the vendor's own address. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves a stand-in over HTTP: the vendor's API, and below `/stand-in` the page's own, by which customers are moved.
 *
 * @param port Default: a free one.
 */
export async function startStandIn(standIn: StandIn, port = 0): Promise<RunningStandIn> {
  const own = standInRoutes(standIn);
  const listener = getRequestListener(async (request, { outgoing }) => {
    if (new URL(request.url).pathname.startsWith("/stand-in")) return own.fetch(request);
    try {
      return await standIn.fetch(request);
    } catch (error) {
      if (!(error instanceof ConnectionCutError)) throw error;
      outgoing.destroy();
      return new Response();
    }
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      standIn.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
