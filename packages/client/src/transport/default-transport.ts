import type { OptionRule } from "../client-options.ts";
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

/** What holds for the options that only this transport can heed. */
export const networkRules = {
  proxy: { accepts: isProxy, must: "be the URL of an HTTP proxy (http: or https:), or false" },
  ca: { accepts: areCertificates, must: "be certificates in PEM" },
} satisfies Record<string, OptionRule>;

function isProxy(value: unknown): boolean {
  if (value === false) return true;
  return typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function areCertificates(value: unknown): boolean {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return (
    all.length > 0 &&
    all.every((text) => typeof text === "string" && text.includes("-----BEGIN CERTIFICATE-----"))
  );
}
