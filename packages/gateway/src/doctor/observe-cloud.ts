import type { Layer, ResponseHeaders } from "@quickcard/client";
import { GenesysCloud } from "@quickcard/client/genesys-cloud";
import type { GenesysCloudLinkOptions } from "../genesys-cloud/link-settings.ts";

/** Genesys Cloud, with what its answers tell beside what was asked. */
export interface Observed {
  cloud: GenesysCloud;
  /** Whether the API answered at all. */
  answered(): boolean;
  /** What time it was there. Milliseconds since 1970. */
  serverTime(): number | undefined;
  quota(): { count: number; allowed: number; resetSeconds: number } | undefined;
}

const timeoutMs = 10_000;

/** Opens Genesys Cloud so that the headers of its answers are seen. */
export function observeCloud(options: GenesysCloudLinkOptions["cloud"]): Observed {
  let last: ResponseHeaders | undefined;
  const watch: Layer = (next) => async (call) => {
    const answer = await next(call);
    last = answer.headers;
    return answer;
  };
  const header = (name: string) => {
    const value = last?.[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const number = (name: string) => Number(header(name) ?? Number.NaN);
  return {
    cloud: new GenesysCloud({
      ...options,
      maxAttempts: 2,
      timeoutMs: 2 * timeoutMs,
      attemptTimeoutMs: timeoutMs,
      layers: [watch],
    }),
    answered: () => last !== undefined,
    serverTime() {
      const time = Date.parse(header("date") ?? "");
      return Number.isNaN(time) ? undefined : time;
    },
    quota() {
      const [count, allowed] = [number("inin-ratelimit-count"), number("inin-ratelimit-allowed")];
      const resetSeconds = number("inin-ratelimit-reset");
      return Number.isNaN(count + allowed + resetSeconds) ? undefined : { count, allowed, resetSeconds };
    },
  };
}
