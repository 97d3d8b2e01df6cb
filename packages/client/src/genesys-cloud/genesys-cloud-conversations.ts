import type { ConversationQuery, ConversationQueryResult } from "../analytics.ts";
import type { CallOptions, CallRoute } from "../call-route.ts";
import { callOperation } from "./call-operation.ts";
import type { Conversation } from "./conversations.ts";
import { operations } from "./operations.ts";

/** Conversations and their ends: `genesysCloud.conversations`. */
export class GenesysCloudConversations {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /**
   * A conversation with who takes part: `participants[].messages[].id` is the communication to send with.
   * Needs no permission of its own.
   */
  get(conversationId: string, options: CallOptions = {}): Promise<Conversation> {
    return callOperation(this.#callRoute, operations.getConversation, { ids: { conversationId } }, options);
  }

  /** Ends a conversation. Needs the permission `conversation:communication:disconnect`. */
  async disconnect(conversationId: string, options: CallOptions = {}): Promise<void> {
    const input = { ids: { conversationId }, body: { state: "disconnected" } };
    await callOperation(this.#callRoute, operations.patchConversation, input, options);
  }

  /** The conversations that a query names, without their texts. Needs `analytics:conversationDetail:view`. */
  queryDetails(query: ConversationQuery, options: CallOptions = {}): Promise<ConversationQueryResult> {
    return callOperation(this.#callRoute, operations.postConversationsDetailsQuery, { body: query }, options);
  }
}
