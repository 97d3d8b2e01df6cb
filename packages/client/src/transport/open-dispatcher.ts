import type { Dispatcher } from "undici";
import { isLoopback } from "../base-url.ts";

/** How the default transport reaches servers. */
export interface UndiciTransportOptions {
  /** The URL of an HTTP proxy. `false`: none, whatever HTTPS_PROXY says. */
  readonly proxy?: string | false | undefined;
  /** Certificates in PEM that are trusted in place of the computer's own. */
  readonly ca?: string | readonly string[] | undefined;
}

/** Most connections to one server at once; further calls wait for a free one. With 64, undici takes a fifth more processor time. */
const connectionsPerOrigin = 32;

/** Loads undici at the first request: it takes longer to load than all the rest of this package. */
export async function openDispatcher(
  origin: string,
  { proxy, ca }: UndiciTransportOptions,
): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool, ProxyAgent } = await import("#undici");
  const tls = ca === undefined ? {} : { ca: typeof ca === "string" ? ca : [...ca] };
  const limits = {
    connections: connectionsPerOrigin,
    // The client's own time limits hold for headers and body; undici's would end a quiet event stream.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  if (proxy) return new ProxyAgent({ ...limits, uri: proxy, requestTls: tls, proxyTls: tls });
  if (proxy === undefined && mayNeedProxy(origin)) {
    return new EnvHttpProxyAgent({ ...limits, connect: tls, requestTls: tls, proxyTls: tls });
  }
  return new Pool(origin, { ...limits, connect: tls });
}

/** Whether the environment names a proxy that could be meant for this origin; NO_PROXY is undici's to read. */
function mayNeedProxy(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  const { https_proxy: lower, HTTPS_PROXY: upper } = process.env;
  return protocol === "https:" && !isLoopback(hostname) && Boolean(lower ?? upper);
}
