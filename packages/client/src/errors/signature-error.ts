import { brand, type ErrorFacts, OpenMessagingError } from "./open-messaging-error.ts";

/** What is wrong with a webhook. */
export type SignatureFault =
  | "missing_header"
  | "malformed_header"
  /** The signature is written in hex, not in base64: another service's webhook, or a home-made one. */
  | "hex_signature"
  /** The signature is that of the same JSON written differently: the body was parsed and written again. */
  | "body_changed"
  /** The signature was made with the secret's text, not with the bytes that it stands for. */
  | "secret_not_decoded"
  | "no_match"
  | "too_old"
  | "too_new"
  /** It is signed, but holds no event. */
  | "not_an_event";

/** A webhook was not signed by the gateway, or came too late: nothing of it can be trusted. */
export class SignatureError extends OpenMessagingError {
  static {
    brand(SignatureError, "SignatureError");
  }

  readonly code = "invalid_signature";
  declare readonly reason: SignatureFault;

  constructor(facts: Omit<ErrorFacts, "fate"> & { readonly reason: SignatureFault }) {
    super({ ...facts, fate: "not_applied" });
  }
}
