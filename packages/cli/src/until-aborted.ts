import { once } from "node:events";

/** Waits until the user asks the command to stop. Something else, such as a server, keeps the process alive meanwhile. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
