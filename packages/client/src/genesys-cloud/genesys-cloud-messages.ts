import type { CallOptions, CallRoute } from "../call-route.ts";
import { callOperation } from "./call-operation.ts";
import type {
  AdditionalMessage,
  MessageData,
  MessageMediaData,
  MessageMediaUploadData,
  MessageTypingEventRequest,
  SendAgentlessOutboundMessageRequest,
  SendAgentlessOutboundMessageResponse,
  TextMessageListing,
  UploadMediaRequest,
} from "./conversations.ts";
import { operations } from "./operations.ts";

/** One agent's or bot's side of a conversation. */
export interface CommunicationIds extends Record<string, string> {
  conversationId: string;
  communicationId: string;
}

/** What is said into conversations, and read from them: `genesysCloud.messages`. */
export class GenesysCloudMessages {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /** Says a text without an agent. Needs the permission `conversation:message:create`. Never repeated where its fate is unknown. */
  sendAgentless(
    body: SendAgentlessOutboundMessageRequest,
    options: CallOptions = {},
  ): Promise<SendAgentlessOutboundMessageResponse> {
    return callOperation(this.#callRoute, operations.postAgentless, { body }, options);
  }

  /**
   * Says something as the agent whose communication it is. Needs `conversation:message:create` or
   * `conversation:webmessaging:create`. Never repeated where its fate is unknown.
   */
  send(ids: CommunicationIds, body: AdditionalMessage, options: CallOptions = {}): Promise<MessageData> {
    return callOperation(this.#callRoute, operations.postCommunicationMessage, { ids, body }, options);
  }

  /** Asks for a place to put a file, which is then PUT to `uploadUrl` with `uploadHeaders`. Needs `conversation:message:create`. */
  createMediaUpload(
    ids: CommunicationIds,
    body: UploadMediaRequest,
    options: CallOptions = {},
  ): Promise<MessageMediaUploadData> {
    return callOperation(this.#callRoute, operations.postMediaUpload, { ids, body }, options);
  }

  /** Reads how far an uploaded file is: only a `valid` one can be sent. Needs `conversation:message:view`. */
  getMedia(ids: CommunicationIds, mediaId: string, options: CallOptions = {}): Promise<MessageMediaData> {
    return callOperation(this.#callRoute, operations.getMedia, { ids: { ...ids, mediaId } }, options);
  }

  /** Shows the customer that an agent is typing. Needs `conversation:message:create`. */
  async sendTyping(
    ids: CommunicationIds,
    body: MessageTypingEventRequest,
    options: CallOptions = {},
  ): Promise<void> {
    await callOperation(this.#callRoute, operations.postTyping, { ids, body }, options);
  }

  /** One message of a conversation. Needs `conversation:message:view`. */
  get(conversationId: string, messageId: string, options: CallOptions = {}): Promise<MessageData> {
    const ids = { conversationId, messageId };
    return callOperation(this.#callRoute, operations.getMessage, { ids }, options);
  }

  /** Many messages of a conversation: at most 1,000 ids. Needs `conversation:message:view`. */
  getBulk(
    conversationId: string,
    messageIds: readonly string[],
    options: CallOptions = {},
  ): Promise<TextMessageListing> {
    const input = { ids: { conversationId }, body: messageIds };
    return callOperation(this.#callRoute, operations.postMessagesBulk, input, options);
  }
}
