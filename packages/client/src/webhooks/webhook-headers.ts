import { SignatureError } from "../errors/signature-error.ts";
import { readBase64 } from "./base64.ts";

/** The headers of a webhook: those of a `Request`, or of Node's `request.headers`. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the headers of a webhook say. */
export interface SignedHeaders {
  readonly id: string;
  /** As it was signed. */
  readonly timestamp: string;
  /** Those of version 1, in bytes. */
  readonly signatures: readonly Uint8Array<ArrayBuffer>[];
}

const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
/** A sender signs with two secrets while one replaces the other. */
const mostSignatures = 8;
const signatureBytes = 32;

/** Reads the headers of the Standard Webhooks scheme. @throws SignatureError */
export function readWebhookHeaders(headers: WebhookHeaders): SignedHeaders {
  const [id, timestamp, signature] = names.map((name) => headerOf(headers, name));
  const missing = names.filter((_, index) => ![id, timestamp, signature][index]);
  if (!id || !timestamp || !signature) {
    throw new SignatureError({
      reason: "missing_header",
      message: `The webhook has no ${missing.join(", no ")}`,
      fix: "Pass all headers of the request. If they are all there, it does not come from the gateway.",
    });
  }
  checkTimestamp(timestamp);
  return { id, timestamp, signatures: readSignatures(signature) };
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof headers.get === "function") return headers.get(name) ?? undefined;
  const fields = Object.entries(headers as Exclude<WebhookHeaders, { get: unknown }>);
  const value = fields.find(([field]) => field.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.join(", ");
}

function checkTimestamp(timestamp: string): void {
  if (/^\d{1,11}$/.test(timestamp)) return;
  const fault = /^\d{13}$/.test(timestamp) ? "is in milliseconds" : "is no time";
  throw malformed(`webhook-timestamp ${fault}`, "It must be whole seconds since 1970.");
}

function readSignatures(header: string): Uint8Array<ArrayBuffer>[] {
  // Between those of a header that was sent twice stands a comma too.
  const signatures = header.split(/,? /).slice(0, mostSignatures);
  const texts = signatures.filter((one) => one.startsWith("v1,")).map((one) => one.slice("v1,".length));
  const bytes = texts.map(readBase64).filter((one) => one !== undefined);
  const whole = bytes.filter((one) => one.length === signatureBytes);
  if (whole.length > 0) return whole;
  if (signatures.some((one) => /^(\w+[,=])?[0-9a-f]{64}$/i.test(one))) {
    throw new SignatureError({
      reason: "hex_signature",
      message: "webhook-signature is written in hex, and must be base64",
      fix: "If you made the signature yourself, write its bytes as base64. Otherwise it does not come from the gateway.",
    });
  }
  throw malformed(
    texts.length > 0
      ? "webhook-signature is not the base64 of 32 bytes"
      : "webhook-signature holds none of version v1",
    "It must be v1, a comma and base64; several are separated by spaces. Pass the header as it came.",
  );
}

function malformed(fault: string, fix: string): SignatureError {
  return new SignatureError({ reason: "malformed_header", message: `The webhook's header ${fault}`, fix });
}
