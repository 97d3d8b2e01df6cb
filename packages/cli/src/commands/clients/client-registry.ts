import type { ClientRegistry } from "@quickcard/gateway";
import { gatewayPlace, type PlaceOptions } from "../../gateway/gateway-place.ts";
import type { Invocation } from "../../quickcard-command.ts";

/** Works on the clients of a gateway, whether or not it runs. */
export async function withClientRegistry<Result>(
  { options, surroundings }: Invocation<PlaceOptions>,
  work: (registry: ClientRegistry) => Promise<Result>,
): Promise<Result> {
  const place = gatewayPlace(options, surroundings);
  const { openClientRegistry } = await import("@quickcard/gateway");
  const registry = openClientRegistry("database" in place ? place : place.dataDirectory);
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}
