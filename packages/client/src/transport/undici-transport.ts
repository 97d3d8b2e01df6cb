import type { Pool } from "undici";
import type { Transport } from "./transport.ts";

/** Most connections to one server at once; further calls wait for a free one. */
const connectionsPerOrigin = 64;

/** The default transport on Node: `undici`, with connections kept open and shared by all calls. */
export function undiciTransport(): Transport {
  const pools = new Map<string, Promise<Pool>>();

  function poolFor(origin: string): Promise<Pool> {
    const pool = pools.get(origin) ?? openPool(origin);
    pools.set(origin, pool);
    return pool;
  }

  const transport: Transport = async ({ method, url, headers, body, signal }) => {
    const { origin, pathname, search } = new URL(url);
    const pool = await poolFor(origin);
    const response = await pool.request({
      method,
      path: pathname + search,
      headers,
      body: body ?? null,
      ...(signal ? { signal } : {}),
    });
    return { status: response.statusCode, headers: response.headers, body: response.body };
  };
  transport.close = async () => {
    const open = [...pools.values()];
    pools.clear();
    await Promise.all(open.map(async (pool) => (await pool).close()));
  };
  return transport;
}

/** Loads undici at the first request: it takes longer to load than all the rest of this package. */
async function openPool(origin: string): Promise<Pool> {
  const { Pool } = await import("undici");
  // The client's own time limits hold for headers and body; undici's would end a quiet event stream.
  return new Pool(origin, { connections: connectionsPerOrigin, headersTimeout: 0, bodyTimeout: 0 });
}
