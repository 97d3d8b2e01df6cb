import type { ConversationQueryResult } from "../analytics.ts";
import type { Route } from "../routes.ts";
import type { OutgoingMessageResponse } from "./bot-connector.ts";
import type {
  Conversation,
  MessageData,
  MessageMediaData,
  MessageMediaUploadData,
  SendAgentlessOutboundMessageResponse,
  TextMessageListing,
} from "./conversations.ts";
import type {
  IpAddressRangeListing,
  OpenIntegration,
  OpenIntegrationEntityListing,
  SupportedContent,
  TokenInfo,
} from "./integrations.ts";
import type {
  OpenEventNormalizedMessage,
  OpenMessageNormalizedMessage,
  OpenReceiptNormalizedMessage,
  OpenStructuredResponseNormalizedMessage,
} from "./open-messages.ts";

/** One operation of Genesys Cloud's published API. */
export interface GenesysCloudOperation<Model = unknown> extends Route<Model> {
  /** The permissions that a role of the OAuth client needs: any one of them suffices. Empty: none is needed. */
  readonly permissions: readonly string[];
}

const messages = "/api/v2/conversations/messages";
const communication = `${messages}/{conversationId}/communications/{communicationId}`;
const inbound = `${messages}/{integrationId}/inbound/open`;
const openIntegrations = "/api/v2/conversations/messaging/integrations/open";
const supportedContent = "/api/v2/conversations/messaging/supportedcontent";

const receive = ["conversation:message:receive"];
const create = ["conversation:message:create", "conversation:webmessaging:create"];
const view = ["conversation:message:view", "conversation:webmessaging:view"];

/** Nothing names a repetition of it as one: it is tried again only where it is known that it was not applied. */
const once = { repeatable: false } as const;

/** What each operation answers with. */
interface Models {
  postInboundOpenMessage: OpenMessageNormalizedMessage;
  postInboundOpenEvent: OpenEventNormalizedMessage;
  postInboundOpenReceipt: OpenReceiptNormalizedMessage;
  postInboundOpenStructuredResponse: OpenStructuredResponseNormalizedMessage;
  postAgentless: SendAgentlessOutboundMessageResponse;
  postCommunicationMessage: MessageData;
  postMediaUpload: MessageMediaUploadData;
  getMedia: MessageMediaData;
  postTyping: undefined;
  getConversation: Conversation;
  patchConversation: undefined;
  getMessage: MessageData;
  postMessagesBulk: TextMessageListing;
  listOpenIntegrations: OpenIntegrationEntityListing;
  postOpenIntegration: OpenIntegration;
  getOpenIntegration: OpenIntegration;
  patchOpenIntegration: OpenIntegration;
  deleteOpenIntegration: undefined;
  getSupportedContent: SupportedContent;
  postConversationsDetailsQuery: ConversationQueryResult;
  getIpRanges: IpAddressRangeListing;
  getTokenInfo: TokenInfo;
  postBotConnectorMessage: OutgoingMessageResponse;
}

/**
 * Every operation that the client calls. Paths from npm `purecloud-platform-client-v2` 262.0.0; permissions from the pages of
 * GitHub `MyPureCloud/platform-client-sdk-javascript` e09e27a.
 */
export const operations: { readonly [Name in keyof Models]: GenesysCloudOperation<Models[Name]> } = {
  postInboundOpenMessage: {
    method: "POST",
    path: `${inbound}/message`,
    permissions: receive,
    expects: "object",
    ...once,
  },
  postInboundOpenEvent: {
    method: "POST",
    path: `${inbound}/event`,
    permissions: receive,
    expects: "object",
    ...once,
  },
  postInboundOpenReceipt: {
    method: "POST",
    path: `${inbound}/receipt`,
    permissions: receive,
    expects: "object",
  },
  postInboundOpenStructuredResponse: {
    method: "POST",
    path: `${inbound}/structured/response`,
    permissions: receive,
    expects: "object",
    ...once,
  },
  postAgentless: {
    method: "POST",
    path: `${messages}/agentless`,
    permissions: ["conversation:message:create"],
    expects: "object",
    ...once,
  },
  postCommunicationMessage: {
    method: "POST",
    path: `${communication}/messages`,
    permissions: create,
    expects: "object",
    ...once,
  },
  postMediaUpload: {
    method: "POST",
    path: `${communication}/messages/media/uploads`,
    permissions: [...create, "conversation:socialmedia:create"],
    expects: "object",
    ...once,
  },
  getMedia: {
    method: "GET",
    path: `${communication}/messages/media/{mediaId}`,
    permissions: view,
    expects: "object",
  },
  postTyping: {
    method: "POST",
    path: `${communication}/typing`,
    permissions: create,
    expects: "nothing",
    ...once,
  },
  getConversation: {
    method: "GET",
    path: "/api/v2/conversations/{conversationId}",
    permissions: [],
    expects: "object",
  },
  patchConversation: {
    method: "PATCH",
    path: `${messages}/{conversationId}`,
    permissions: ["conversation:communication:disconnect", "conversation:message:park"],
    expects: "nothing",
  },
  getMessage: {
    method: "GET",
    path: `${messages}/{conversationId}/messages/{messageId}`,
    permissions: view,
    expects: "object",
  },
  postMessagesBulk: {
    method: "POST",
    path: `${messages}/{conversationId}/messages/bulk`,
    permissions: view,
    expects: "object",
  },
  listOpenIntegrations: {
    method: "GET",
    path: openIntegrations,
    permissions: ["messaging:integration:view"],
    expects: "object",
  },
  postOpenIntegration: {
    method: "POST",
    path: openIntegrations,
    permissions: ["messaging:integration:add"],
    expects: "entity",
    ...once,
  },
  getOpenIntegration: {
    method: "GET",
    path: `${openIntegrations}/{integrationId}`,
    permissions: ["messaging:integration:view"],
    expects: "entity",
  },
  patchOpenIntegration: {
    method: "PATCH",
    path: `${openIntegrations}/{integrationId}`,
    permissions: ["messaging:integration:edit"],
    expects: "entity",
  },
  deleteOpenIntegration: {
    method: "DELETE",
    path: `${openIntegrations}/{integrationId}`,
    permissions: ["messaging:integration:delete"],
    expects: "nothing",
  },
  getSupportedContent: {
    method: "GET",
    path: `${supportedContent}/{supportedContentId}`,
    permissions: ["messaging:supportedContent:view"],
    expects: "object",
  },
  postConversationsDetailsQuery: {
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
    expects: "object",
  },
  getIpRanges: { method: "GET", path: "/api/v2/ipranges", permissions: [], expects: "object" },
  getTokenInfo: { method: "GET", path: "/api/v2/tokens/me", permissions: [], expects: "object" },
  postBotConnectorMessage: {
    method: "POST",
    path: "/api/v2/integrations/botconnectors/outgoing/messages",
    permissions: ["integration:botconnector:send"],
    expects: "object",
    ...once,
  },
};
