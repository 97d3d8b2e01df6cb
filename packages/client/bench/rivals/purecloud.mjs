import platformClient from "purecloud-platform-client-v2";
import { message, token } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  const api = platformClient.ApiClient.instance;
  api.config.basePath = url;
  api.setAccessToken(token);
  const conversations = new platformClient.ConversationsApi();
  const body = { textBody: message.content.title };
  return () =>
    conversations.postConversationsMessageCommunicationMessages("conversation", "communication", body);
}
