import { type JsonFields, parseJsonFields } from "../json/json-fields.ts";
import type { ReadWebhook } from "./channel-webhook.ts";

/** The JSON of a webhook that comes from where it should, or its refusal. */
export type VerifiedJson = { ok: true; json: JsonFields } | Extract<ReadWebhook, { ok: false }>;

/** Reads the JSON of a webhook once its signature or secret was looked at; `otherwise` says what does not fit. */
export function verifiedJson(
  body: Uint8Array,
  { isVerified, otherwise }: { isVerified: boolean; otherwise: string },
): VerifiedJson {
  if (!isVerified) return { ok: false, status: 401, message: otherwise };
  const json = parseJsonFields(body);
  return json ? { ok: true, json } : { ok: false, status: 400, message: "The body is not JSON." };
}
