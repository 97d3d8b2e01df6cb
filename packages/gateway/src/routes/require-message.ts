import { ApiError } from "../http/api-error.ts";
import type { StoredMessage } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { requireContact } from "./require-contact.ts";

/**
 * The message that a path names.
 *
 * @throws ApiError `not.found` for an unknown contact, and for a message that the contact does not have.
 */
export async function requireMessage(
  store: Store,
  { contactId, messageId = "" }: Record<string, string>,
): Promise<StoredMessage> {
  const contact = await requireContact(store, contactId);
  const message = await store.findMessage(contact.id, messageId);
  if (message) return message;
  throw new ApiError("not.found", "This contact has no such message. Use an id from POST or GET …/messages.");
}
