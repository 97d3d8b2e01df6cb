import { createHash } from "node:crypto";
import type { IdempotencyClaim } from "../store.ts";

/** One short name for a key of a client on a route. */
export function keyId({
  clientId,
  route,
  key,
}: Pick<IdempotencyClaim, "clientId" | "route" | "key">): string {
  return createHash("sha256")
    .update(JSON.stringify([clientId, route, key]))
    .digest("base64url");
}
