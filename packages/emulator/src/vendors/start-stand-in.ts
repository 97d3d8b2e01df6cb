import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { mountBuiltPage } from "../http/built-pages.ts";
import { ConnectionCutError } from "./fault-queue.ts";
import type { StandIn } from "./stand-in.ts";
import { standInRoutes } from "./stand-in-routes.ts";

/** No vendor's API has anything there. */
const ownPaths = /^\/(?:$|(?:stand-in|phone|assets)(?:\/|$))/;

/** A stand-in that listens. */
export interface RunningStandIn {
  /** What a program takes in place of the vendor's own address. */
  url: string;
  /** The page with its customers' phones. */
  phoneUrl: string;
  close(): Promise<void>;
}

/** Where a stand-in listens, and who may show its page. */
export interface StandInOptions {
  /** Default: a free one. */
  port?: number;
  /** The origin whose pages may show the phones in a frame, such as an agent desk's. Default: none. */
  framedBy?: string;
}

/**
 * Serves a stand-in over HTTP: the vendor's API; the phones of its customers at `/phone`; and below `/stand-in` what that
 * page and tests move the customers by.
 */
export async function startStandIn(
  standIn: StandIn,
  { port = 0, framedBy }: StandInOptions = {},
): Promise<RunningStandIn> {
  const own = new Hono();
  mountBuiltPage(own, { path: "/phone", file: "phone.html", framedBy });
  own.route("/", standInRoutes(standIn));
  const listener = getRequestListener(async (request, { outgoing }) => {
    if (ownPaths.test(new URL(request.url).pathname)) return own.fetch(request);
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    phoneUrl: `${url}/phone`,
    async close() {
      standIn.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
