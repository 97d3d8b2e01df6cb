import { defaultTransport as fetchTransportOfRuntime } from "./default-transport-elsewhere.ts";
import type { UndiciTransportOptions } from "./open-dispatcher.ts";
import type { Transport } from "./transport.ts";
import { undiciTransport } from "./undici-transport.ts";

/** What sends requests unless told: undici on Node, and the runtime's own `fetch` elsewhere. */
export function defaultTransport(options: UndiciTransportOptions): Transport {
  return isNode() ? undiciTransport(options) : fetchTransportOfRuntime();
}

/** Deno, Bun and some workers call themselves Node too. */
function isNode(): boolean {
  const { Bun, Deno, process } = globalThis as {
    Bun?: unknown;
    Deno?: unknown;
    process?: { release?: { name?: unknown } };
  };
  return process?.release?.name === "node" && Bun === undefined && Deno === undefined;
}
