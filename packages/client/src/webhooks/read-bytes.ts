import { joinBytes } from "./join-bytes.ts";
import { longestWebhook } from "./receive-webhook.ts";

/** All of a webhook's body; `undefined` where it is longer than any webhook. */
export async function readBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > longestWebhook) return undefined;
    kept.push(chunk);
  }
  return joinBytes(kept);
}
