import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** Where a server of a test listens. */
export interface Listening {
  port: number;
  /** For one that speaks HTTP. */
  url: string;
}

/** Has a server listen on a port of this machine: a free one unless told. */
export async function listen(server: Server, wanted = 0): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}` };
}

/** Ends a server, and the connections that it still has. */
export async function stopListening(server: HttpServer): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
