import { isHmacOf } from "./hmac.ts";

/** Why a signature is not that of a body. */
export type HubSignatureFault = "no-secret" | "missing" | "malformed" | "hex" | "mismatch";

/** What checking a signature came to. */
export type HubSignatureResult = { ok: true } | { ok: false; fault: HubSignatureFault; message: string };

const digestBytes = 32;

/** The base64 of 32 bytes, padded: 43 characters of the alphabet and one `=`. */
const base64Form = /^sha256=([A-Za-z0-9+/]{43}=)$/;
const hexForm = /^sha256=([0-9a-f]{64})$/i;

const messages: Readonly<Record<HubSignatureFault, string>> = {
  "no-secret": "The webhook secret is empty: anybody could sign with it. Set the one of the integration.",
  missing: "The header X-Hub-Signature-256 is missing.",
  malformed: "X-Hub-Signature-256 is not sha256= and the padded base64 of 32 bytes.",
  hex: "X-Hub-Signature-256 is in hexadecimal, as GitHub and Meta send it; Genesys Cloud sends base64.",
  mismatch:
    "X-Hub-Signature-256 is not of this body and secret. Sign the bytes as they were sent, not JSON written anew.",
};

/**
 * Checks the signature of a webhook of Genesys Cloud's Open Messaging: `X-Hub-Signature-256` holds the base64 of the
 * HMAC-SHA256 of the body's bytes. It has no timestamp: who must not take a webhook twice remembers message ids.
 *
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/validate
 */
export function verifyHubSignature(
  body: Uint8Array,
  header: string | null | undefined,
  secret: string,
): HubSignatureResult {
  if (secret === "") return refused("no-secret");
  if (header === null || header === undefined || header === "") return refused("missing");
  if (hexForm.test(header)) return refused("hex");
  const given = Buffer.from(base64Form.exec(header)?.[1] ?? "", "base64");
  if (given.length !== digestBytes) return refused("malformed");
  return isHmacOf(body, secret, given) ? { ok: true } : refused("mismatch");
}

function refused(fault: HubSignatureFault): HubSignatureResult {
  return { ok: false, fault, message: messages[fault] };
}
