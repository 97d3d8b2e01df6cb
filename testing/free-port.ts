import { createServer } from "node:http";
import { listen, stopListening } from "./listen.ts";

/** A port of this machine that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server);
  await stopListening(server);
  return port;
}
