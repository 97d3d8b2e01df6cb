import type { AdaptationOptions } from "./adaptation-options.ts";
import type { Content } from "./content.ts";
import type { DeliveryOptions } from "./delivery-options.ts";

/** The body of a send: a content, with what the sender puts beside it. */
export interface MessageBody {
  type: "message";
  content: Content;
  /** Echoed in status, history and events. */
  metadata?: Record<string, string>;
  /** How and when it is to be delivered. */
  delivery?: DeliveryOptions;
  /** What is done where the contact's channel cannot show the content as it is. */
  adaptation?: AdaptationOptions;
}
