import { OpenMessagingClient } from "@quickcard/client";
import { contactId, content, token } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  const client = new OpenMessagingClient({ baseUrl: url, token });
  return () => client.messages.send(contactId, content);
}
