import type { ReadRefusal } from "../layers/send.ts";
import { bareRefusal } from "./bare-refusal.ts";

/**
 * Reads refusals with what is loaded at the first: the server has just answered, so the network is there. Where it cannot be
 * loaded all the same, the error tells what the status says.
 */
export function loadedRefusal(load: () => Promise<ReadRefusal>): ReadRefusal {
  return async (call, response, epochMs) => {
    const read = await load().catch(() => undefined);
    return read ? read(call, response, epochMs) : bareRefusal(call, response.status);
  };
}
