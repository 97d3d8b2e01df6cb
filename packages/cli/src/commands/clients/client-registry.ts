import { existsSync } from "node:fs";
import type { ClientRegistry } from "@quickcard/gateway";
import { Failure } from "../../errors/failure.ts";
import { gatewayPlace, type PlaceOptions } from "../../gateway/gateway-place.ts";
import type { Invocation } from "../../quickcard-command.ts";

/** Works on the clients of a gateway, whether or not it runs. A data folder that is not there is made. */
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

/**
 * Works on clients that were made before: in a data folder that is not there, none was.
 * @throws Failure
 */
export async function withKnownClients<Result>(
  invocation: Invocation<PlaceOptions>,
  work: (registry: ClientRegistry) => Promise<Result>,
): Promise<Result> {
  const place = gatewayPlace(invocation.options, invocation.surroundings);
  if ("database" in place || existsSync(place.dataDirectory)) return withClientRegistry(invocation, work);
  throw new Failure({
    code: "data_missing",
    message: `There is no data folder ${place.dataDirectory}.`,
    fix: "Name the gateway's: --data DIR; or its database, with QUICKCARD_DATABASE",
  });
}
