import type { MessageRecord } from "../organisation/records.ts";

/** `MessageData` of a message. */
export function presentMessage(message: MessageRecord) {
  const { id, conversationId, direction, address, integrationId } = message;
  const isInbound = direction === "inbound";
  return {
    id,
    ...(message.providerMessageId === undefined ? {} : { providerMessageId: message.providerMessageId }),
    timestamp: message.timestamp,
    fromAddress: isInbound ? address : integrationId,
    toAddress: isInbound ? integrationId : address,
    direction,
    messengerType: "open",
    status: message.status,
    normalizedMessage: message.normalizedMessage,
    normalizedReceipts: message.receipts,
    conversationId,
    selfUri: `/api/v2/conversations/messages/${conversationId}/messages/${id}`,
  };
}

/** `MessageDetails` of a message: what a conversation says of it, without its content. */
export function presentMessageDetails(message: MessageRecord) {
  const { id, conversationId, normalizedMessage, error } = message;
  return {
    messageId: id,
    messageURI: `/api/v2/conversations/messages/${conversationId}/messages/${id}`,
    messageStatus: message.status,
    messageSegmentCount: 1,
    messageTime: message.timestamp,
    messageMetadata: {
      type: normalizedMessage.type,
      content: (normalizedMessage.content ?? []).map((content) => ({
        contentType: content.contentType,
        ...subTypeOf(content.attachment?.mediaType ?? content.buttonResponse?.type),
      })),
    },
    ...(error === undefined ? {} : { errorInfo: error }),
  };
}

function subTypeOf(subType: string | undefined) {
  return subType === undefined ? {} : { subType };
}
