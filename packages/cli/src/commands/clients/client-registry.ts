import type { ClientRegistry } from "@quickcard/gateway";
import { type DataOptions, dataDirectory } from "../../data-directory.ts";
import type { Invocation } from "../../quickcard-command.ts";

/** Works on the clients of a data folder, whether or not a gateway runs on it. */
export async function withClientRegistry<Result>(
  { options, surroundings }: Invocation<DataOptions>,
  work: (registry: ClientRegistry) => Promise<Result>,
): Promise<Result> {
  const { openClientRegistry } = await import("@quickcard/gateway");
  const registry = openClientRegistry(dataDirectory(options, surroundings));
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}
