import type { GenesysCloud } from "@quickcard/client/genesys-cloud";

/** What of Genesys Cloud the link uses: `GenesysCloud` itself, or a simulator's. */
export interface Cloud {
  openMessaging: Pick<
    GenesysCloud["openMessaging"],
    "receiveMessage" | "receiveEvent" | "receiveReceipt" | "receiveStructuredResponse"
  >;
  messages: Pick<GenesysCloud["messages"], "sendAgentless" | "getBulk">;
  conversations: Pick<GenesysCloud["conversations"], "get" | "disconnect" | "queryDetails">;
}
