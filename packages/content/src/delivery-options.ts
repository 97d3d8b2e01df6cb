/** What is done about a message that may have been delivered, by name. */
export const deliveryModes = ["reconcile", "at-least-once", "at-most-once"] as const;

/**
 * What is done about a message that may have been delivered, where nothing tells for certain.
 *
 * `reconcile` looks for evidence, sends again only what is known not to have arrived, and otherwise says `unknown`.
 * `at-least-once` sends again at once: the customer may see it twice. `at-most-once` says `unknown` and sends no more.
 */
export type DeliveryMode = (typeof deliveryModes)[number];

/** How a message is to be delivered. Instants are ISO 8601, with `Z` or an offset. */
export interface DeliveryOptions {
  /** Default: `reconcile`. */
  mode?: DeliveryMode;
  /** Not before this instant. Later messages to the contact do not wait for it. */
  sendAt?: string;
  /** Not after this instant. Default: 24 hours after the message was accepted or is to be sent. */
  expiresAt?: string;
}
