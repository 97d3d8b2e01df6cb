import type { CallOptions, CallRoute } from "../call-route.ts";
import { callOperation } from "./call-operation.ts";
import type {
  OpenEventNormalizedMessage,
  OpenInboundNormalizedEvent,
  OpenInboundNormalizedMessage,
  OpenInboundNormalizedReceipt,
  OpenInboundStructuredResponseMessage,
  OpenMessageNormalizedMessage,
  OpenReceiptNormalizedMessage,
  OpenStructuredResponseNormalizedMessage,
} from "./open-messages.ts";
import { operations } from "./operations.ts";

/** What an inbound message can be told. */
export interface InboundMessageOptions extends CallOptions {
  /** Whether the answer names the conversation. @default false */
  readonly prefetchConversationId?: boolean | undefined;
}

/** What a customer does, told to Genesys Cloud: `genesysCloud.openMessaging`. Each needs `conversation:message:receive`. */
export class OpenMessaging {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /**
   * Tells what a customer wrote or sent. It starts a conversation, or joins the one that is open.
   * Needs the permission `conversation:message:receive`. Never repeated where its fate is unknown.
   */
  receiveMessage(
    integrationId: string,
    body: OpenInboundNormalizedMessage,
    { prefetchConversationId, ...options }: InboundMessageOptions = {},
  ): Promise<OpenMessageNormalizedMessage> {
    const input = { ids: { integrationId }, query: { prefetchConversationId }, body };
    return callOperation(this.#callRoute, operations.postInboundOpenMessage, input, options);
  }

  /** Tells that a customer is typing. Needs the permission `conversation:message:receive`. */
  receiveEvent(
    integrationId: string,
    body: OpenInboundNormalizedEvent,
    options: CallOptions = {},
  ): Promise<OpenEventNormalizedMessage> {
    const input = { ids: { integrationId }, body };
    return callOperation(this.#callRoute, operations.postInboundOpenEvent, input, options);
  }

  /** Tells what became of a message of Genesys Cloud. Needs the permission `conversation:message:receive`. */
  receiveReceipt(
    integrationId: string,
    body: OpenInboundNormalizedReceipt,
    options: CallOptions = {},
  ): Promise<OpenReceiptNormalizedMessage> {
    const input = { ids: { integrationId }, body };
    return callOperation(this.#callRoute, operations.postInboundOpenReceipt, input, options);
  }

  /**
   * Tells that a customer pressed a button of a message of Genesys Cloud. It joins a conversation and starts none.
   * Needs the permission `conversation:message:receive`. Never repeated where its fate is unknown.
   */
  receiveStructuredResponse(
    integrationId: string,
    body: OpenInboundStructuredResponseMessage,
    options: CallOptions = {},
  ): Promise<OpenStructuredResponseNormalizedMessage> {
    const input = { ids: { integrationId }, body };
    return callOperation(this.#callRoute, operations.postInboundOpenStructuredResponse, input, options);
  }
}
