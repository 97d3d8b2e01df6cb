/** Every permission that the emulated routes ask for, by the names of Genesys Cloud. */
export const knownPermissions = [
  "analytics:agentConversationDetail:view",
  "analytics:conversationDetail:view",
  "conversation:communication:disconnect",
  "conversation:communication:view",
  "conversation:message:create",
  "conversation:message:park",
  "conversation:message:receive",
  "conversation:message:view",
  "conversation:participant:wrapup",
  "conversation:webmessaging:create",
  "conversation:webmessaging:view",
  "integration:botconnector:send",
  "messaging:integration:add",
  "messaging:integration:delete",
  "messaging:integration:edit",
  "messaging:integration:view",
  "messaging:setting:add",
  "messaging:setting:delete",
  "messaging:setting:edit",
  "messaging:setting:view",
  "messaging:supportedContent:view",
  "routing:message:manage",
] as const;

export type Permission = (typeof knownPermissions)[number];
