import type { BulkResult, BulkRow } from "./bulk/bulk-row.ts";
import { type SendManyOptions, sendMany } from "./bulk/send-many.ts";
import type { CallOptions, CallRoute, CreateOptions } from "./call-route.ts";
import type {
  ContactId,
  Content,
  Message,
  MessageId,
  MessageRequest,
  OutboundMessage,
  Page,
} from "./contacts-api.ts";
import { createMessageCheck } from "./message-check.ts";
import { type PageOptions, readAllPages, readPage } from "./pages.ts";
import { routes } from "./routes.ts";
import { toJson } from "./to-json.ts";

/** What a send can be told. */
export interface SendOptions extends CreateOptions {
  /** Put beside the content and echoed in status, history and events. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** What is sent to customers and what they answer: `client.messages`. */
export class Messages {
  readonly #callRoute: CallRoute;
  readonly #checkMessage: ((body: string) => Promise<void>) | undefined;

  constructor(callRoute: CallRoute, { validates }: { readonly validates: boolean }) {
    this.#callRoute = callRoute;
    this.#checkMessage = validates ? createMessageCheck() : undefined;
  }

  /**
   * Sends a message to a contact. It is stored durably before this resolves; how far it then comes, `get` and events tell.
   * Needs the scope `messages:send`.
   *
   * @throws InvalidMessageError before anything is sent, with everything that is wrong.
   * @example
   * await client.messages.send(contactId, quickReply("How can we help?", [{ label: "Billing", value: "billing" }]));
   */
  async send(
    contactId: ContactId,
    contentOrMessage: Content | MessageRequest,
    { metadata, ...options }: SendOptions = {},
  ): Promise<OutboundMessage> {
    const body = toJson(toMessage(contentOrMessage, metadata));
    await this.#checkMessage?.(body);
    const { json } = await this.#callRoute(routes.sendMessage, { ...options, ids: { contactId }, body });
    return json as OutboundMessage;
  }

  /**
   * Sends many messages, a few at once, those of one contact in the order of their rows. Rows are taken only as fast as results
   * are; the results come as they are known, not in the order of the rows. A row with a `key` can be given again after a crash
   * without being sent twice, for 24 hours. Needs the scope `messages:send`.
   *
   * A row that fails is told of and the others go on; what would meet every row, such as refused credentials, is thrown at the
   * end, and so is the signal's reason. Rows of which nothing was told were then not sent.
   *
   * @throws what the source throws, once everything that was on its way has been told of.
   * @example
   * for await (const result of client.messages.sendMany(rows, { batch: "reminders-2026-11" })) {
   *   if (result.status !== "sent") console.error(result.contactId, result.error);
   * }
   */
  sendMany(
    rows: AsyncIterable<BulkRow> | Iterable<BulkRow>,
    options: SendManyOptions = {},
  ): AsyncGenerator<BulkResult, void, undefined> {
    return sendMany(({ contactId, message }, one) => this.send(contactId, message, one), rows, options);
  }

  /** One message that was sent, with every attempt to deliver it. Needs the scope `conversations:read`. */
  async get(contactId: ContactId, messageId: MessageId, { signal }: CallOptions = {}): Promise<Message> {
    const { json } = await this.#callRoute(routes.getMessage, { ids: { contactId, messageId }, signal });
    return json as Message;
  }

  /** One page of a conversation, both directions, oldest first. Needs the scope `conversations:read`. */
  list(contactId: ContactId, { signal, ...query }: PageOptions = {}): Promise<Page<Message>> {
    return readPage(this.#callRoute, routes.listMessages, {
      ids: { contactId },
      query: { ...query },
      signal,
    });
  }

  /** A whole conversation, oldest first, fetched page by page as the loop goes on. */
  listAll(
    contactId: ContactId,
    { signal, ...query }: PageOptions = {},
  ): AsyncGenerator<Message, void, undefined> {
    return readAllPages(this.#callRoute, routes.listMessages, {
      ids: { contactId },
      query: { ...query },
      signal,
    });
  }
}

function toMessage(given: Content | MessageRequest, metadata: SendOptions["metadata"]): MessageRequest {
  const message: MessageRequest = given?.type === "message" ? given : { type: "message", content: given };
  return metadata ? { ...message, metadata: { ...message.metadata, ...metadata } } : message;
}
