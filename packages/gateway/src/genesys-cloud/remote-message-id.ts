import { createHash } from "node:crypto";

/**
 * The id that a part of a message of Genesys Cloud has here: always the same, so that one webhook however often it comes
 * is one message. A UUID of version 8 (RFC 9562, section 5.8).
 */
export function remoteMessageId(integrationId: string, remoteId: string, part: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([integrationId, remoteId, part]))
    .digest("hex");
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
