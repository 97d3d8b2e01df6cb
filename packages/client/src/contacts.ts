import { callRemoval } from "./call-removal.ts";
import type { CallOptions, CallRoute, CreateOptions } from "./call-route.ts";
import type { Contact, ContactChanges, ContactId, ContactState, NewContact, Page } from "./contacts-api.ts";
import { ConversationClosedError } from "./errors/api-errors.ts";
import { type PageOptions, readAllPages } from "./pages.ts";
import { routes } from "./routes.ts";
import { toJson } from "./to-json.ts";

/** Which contacts a list holds. */
export interface ContactListOptions extends PageOptions {
  readonly state?: ContactState | undefined;
  readonly channel?: Contact["channel"] | undefined;
}

/** The customers that messages can be sent to: `client.contacts`. */
export class Contacts {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /** Makes a contact and opens its conversation. Needs the scope `conversations:write`. */
  async create(contact: NewContact, options: CreateOptions = {}): Promise<Contact> {
    return this.#callRoute(routes.createContact, { ...options, body: toJson(contact) });
  }

  /** One contact, whatever the state of its conversation. Needs the scope `conversations:read`. */
  async get(contactId: ContactId, { signal }: CallOptions = {}): Promise<Contact> {
    return this.#callRoute(routes.getContact, { ids: { contactId }, signal });
  }

  /**
   * The contact, if a message can be sent to it now.
   *
   * @throws NotFoundError, PermissionError, or ConversationClosedError where it was closed.
   */
  async validate(contactId: ContactId, options: CallOptions = {}): Promise<Contact> {
    const contact = await this.get(contactId, options);
    if (contact.state !== "closed") return contact;
    throw new ConversationClosedError({
      message: `The conversation of contact ${contactId} is closed`,
      fix: "Reopen it with `contacts.reopen(contactId)`, or make a new contact.",
      fate: "not_applied",
      attempts: 1,
    });
  }

  /** One page of the contacts, newest first. Needs the scope `conversations:read`. */
  list({ signal, ...query }: ContactListOptions = {}): Promise<Page<Contact>> {
    return this.#callRoute(routes.listContacts, { query: { ...query }, signal });
  }

  /** Every contact, newest first, fetched page by page as the loop goes on. */
  listAll({ signal, ...query }: ContactListOptions = {}): AsyncGenerator<Contact, void, undefined> {
    return readAllPages(this.#callRoute, routes.listContacts, { query: { ...query }, signal });
  }

  /** Changes a contact's name, attributes or state. Needs the scope `conversations:write`. */
  async update(
    contactId: ContactId,
    changes: ContactChanges,
    { signal }: CallOptions = {},
  ): Promise<Contact> {
    return this.#callRoute(routes.updateContact, {
      ids: { contactId },
      body: toJson(changes),
      signal,
    });
  }

  /** Ends the conversation: it takes no message until it is reopened. */
  close(contactId: ContactId, options: CallOptions = {}): Promise<Contact> {
    return this.update(contactId, { state: "closed" }, options);
  }

  /** Opens a closed conversation again. */
  reopen(contactId: ContactId, options: CallOptions = {}): Promise<Contact> {
    return this.update(contactId, { state: "active" }, options);
  }

  /** Forgets a contact and all its messages. Needs the scope `conversations:write`. */
  delete(contactId: ContactId, { signal }: CallOptions = {}): Promise<void> {
    return callRemoval(this.#callRoute, routes.deleteContact, { ids: { contactId }, signal });
  }
}
