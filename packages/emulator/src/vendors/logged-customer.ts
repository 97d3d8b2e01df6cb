import type { ChatLog } from "./chat-log.ts";
import type { Customer, CustomerDoing } from "./stand-in.ts";

interface Logging {
  log: ChatLog;
  now: () => number;
  /** What a choice of a message is called. */
  labelOf: (messageId: string, choiceId: string) => string;
}

/** A customer whose doings are written down once they are done; what the vendor refuses is not. */
export function loggedCustomer(customer: Customer, { log, now, labelOf }: Logging): Customer {
  const { address } = customer;
  const did = (doing: CustomerDoing): void => log.did(address, now(), doing);
  return {
    address,
    type(text) {
      customer.type(text);
      did({ type: "text", text });
    },
    tap(messageId, choiceId) {
      customer.tap(messageId, choiceId);
      did({ type: "tap", label: labelOf(messageId, choiceId), messageId, choiceId });
    },
    read: (messageId) => customer.read(messageId),
    sendMedia(media) {
      customer.sendMedia(media);
      did({ type: "media", ...media });
    },
    sendLocation(place) {
      customer.sendLocation(place);
      did({ type: "location", ...place });
    },
    block() {
      customer.block();
      did({ type: "block" });
    },
  };
}
