/**
 * What flows and bots say to each other by the bot connectors, in the notation of `request-models.ts`.
 * Source: purecloud-platform-client-v2 262.0.0, `index.d.ts`.
 */
export const botModels = {
  ReplyMessage: { "*type": "MessageType", text: "string", content: "ConversationMessageContent[]" },
  OutgoingMessageRequest: {
    "*botId": "string",
    "*botVersion": "string",
    "*botSessionId": "string",
    "*botState": "BotState",
    "*languageCode": "string",
    replyMessages: "ReplyMessage[]",
    intent: "string",
    confidence: "number",
    errorInfo: "any",
    parameters: "map",
    entities: "BotEntityValue[]",
  },
  OutgoingMessageResponse: { messageId: "string" },
  BotEntityValue: { "*name": "string", "*type": "BotEntityType", value: "string", values: "string[]" },
  IncomingMessageRequest: {
    "*botId": "string",
    "*botName": "string",
    "*botVersion": "string",
    "*integrationId": "string",
    "*botSessionId": "string",
    "*automateFlowExecId": "string",
    "*conversationId": "string",
    "*languageCode": "string",
    "*inputMessage": "InputMessage",
    "*messagingPlatformType": "MessagingPlatformType",
    "*channels": "string[]",
    botSessionTimeout: "integer",
    parameters: "map",
  },
  InputMessage: { "*type": "MessageType", text: "string", content: "ConversationMessageContent[]" },
  BotList: { "*chatBots": "BotConnectorBot[]" },
  BotConnectorBot: {
    "*id": "string",
    name: "string",
    description: "string",
    "*versions": "BotConnectorBotVersion[]",
    botCompositeTag: "string",
    selfUri: "string",
  },
  BotConnectorBotVersion: {
    "*version": "string",
    "*supportedLanguages": "string[]",
    "*intents": "BotIntent[]",
  },
  // `slots` is a map of `BotSlot`, for which the notation has no word.
  BotIntent: { "*name": "string", slots: "any" },
} as const;
