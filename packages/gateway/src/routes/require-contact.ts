import { ApiError } from "../http/api-error.ts";
import type { ContactRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";

/**
 * The contact that a path names.
 *
 * @throws ApiError `not.found`, which says so where a conversation's id was used.
 */
export async function requireContact(store: Store, id: string | undefined): Promise<ContactRecord> {
  const contact = id && (await store.findContact(id));
  if (contact) return contact;
  const owner = id && (await store.findContactByConversation(id));
  throw owner
    ? new ApiError(
        "not.found",
        `This is the id of a conversation. The contact that it belongs to is ${owner.id}.`,
      )
    : noSuchContact();
}

/** The answer where there is no such contact. */
export function noSuchContact(): ApiError {
  return new ApiError("not.found", "There is no such contact. Use an id from POST or GET /contacts.");
}

/** The answer to a send where the conversation has ended. */
export function conversationClosed(): ApiError {
  return new ApiError(
    "conversation.closed",
    'The conversation with this contact is closed. Reopen it with PATCH /contacts/{contactId} {"state":"active"}.',
  );
}
