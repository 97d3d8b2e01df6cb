import { createHmac } from "node:crypto";

/** The name of the header. Source: developer.genesys.cloud, Open Messaging, "Validate". */
export const signatureHeader = "X-Hub-Signature-256";

/** `sha256=` and the base64 HMAC-SHA256 of a body's bytes. */
export function signBody(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("base64")}`;
}
