import type { BulkResult, BulkRow } from "./bulk/bulk-row.ts";
import type { SendManyOptions } from "./bulk/send-many.ts";
import { callRemoval } from "./call-removal.ts";
import type { CallOptions, CallRoute, CreateOptions } from "./call-route.ts";
import type {
  ContactId,
  Content,
  DeadLetterCount,
  DeadLetterSelection,
  Message,
  MessageId,
  MessageRequest,
  MessageStatus,
  OutboundMessage,
  Page,
} from "./contacts-api.ts";
import { ApiError } from "./errors/api-errors.ts";
import { loadPart } from "./load-part.ts";
import { MessageCheck } from "./message-check.ts";
import { type PageOptions, readAllPages } from "./pages.ts";
import { type Route, routes } from "./routes.ts";
import { toJson } from "./to-json.ts";

/** What a send can be told. */
export interface SendOptions extends CreateOptions {
  /** Put beside the content and echoed in status, history and events. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** Which messages to find, over all contacts. */
export interface MessageFindOptions extends PageOptions {
  /** @default failed, unknown and expired: the dead letters */
  readonly statuses?: readonly MessageStatus[] | undefined;
  readonly contactId?: string | undefined;
  readonly channel?: DeadLetterSelection["channel"] | undefined;
}

/** What is sent to customers and what they answer: `client.messages`. */
export class Messages {
  readonly #callRoute: CallRoute;
  readonly #checkMessage: MessageCheck | undefined;
  readonly #baseUrl: string;

  constructor(
    callRoute: CallRoute,
    { validates, baseUrl }: { readonly validates: boolean; readonly baseUrl: string },
  ) {
    this.#callRoute = callRoute;
    this.#baseUrl = baseUrl;
    this.#checkMessage = validates ? new MessageCheck() : undefined;
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
    if (this.#checkMessage && !this.#checkMessage.knows(body)) await this.#checkMessage.check(body);
    return this.#callRoute(routes.sendMessage, { ...options, ids: { contactId }, body });
  }

  /**
   * A link to the gateway's designer, where the message is seen on every channel. No request is made; the link holds the content
   * itself, in its fragment, and neither metadata nor anything secret.
   *
   * @throws InvalidArgumentError if the message is too long for a link.
   */
  async previewUrl(contentOrMessage: Content | MessageRequest): Promise<string> {
    const { previewUrl } = await loadPart("links", () => import("./preview-url.ts"));
    return previewUrl(this.#baseUrl, toMessage(contentOrMessage, undefined).content);
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
  async *sendMany(
    rows: AsyncIterable<BulkRow> | Iterable<BulkRow>,
    options: SendManyOptions = {},
  ): AsyncGenerator<BulkResult, void, undefined> {
    const { sendMany } = await loadPart("sending many", () => import("./bulk/send-many.ts"));
    yield* sendMany(({ contactId, message }, one) => this.send(contactId, message, one), rows, options);
  }

  /** One message that was sent, with every attempt to deliver it. Needs the scope `conversations:read`. */
  async get(contactId: ContactId, messageId: MessageId, { signal }: CallOptions = {}): Promise<Message> {
    return this.#callRoute(routes.getMessage, { ids: { contactId, messageId }, signal });
  }

  /** As `get`, where it is not known whose message it is. */
  async locate(messageId: MessageId, { signal }: CallOptions = {}): Promise<Message> {
    return this.#callRoute(routes.locateMessage, { ids: { messageId }, signal });
  }

  /** One page of a conversation, both directions, oldest first. Needs the scope `conversations:read`. */
  list(contactId: ContactId, { signal, ...query }: PageOptions = {}): Promise<Page<Message>> {
    return this.#callRoute(routes.listMessages, {
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

  /**
   * One page of the messages to any contact that have one of these statuses, newest first. Needs the scope
   * `conversations:read`.
   */
  find({ signal, statuses, ...query }: MessageFindOptions = {}): Promise<Page<OutboundMessage>> {
    const input = { query: { ...query, status: statuses?.join(",") }, signal };
    return this.#callRoute(routes.findMessages, input);
  }

  /** Every message to any contact that has one of these statuses, newest first, fetched page by page as the loop goes on. */
  findAll({
    signal,
    statuses,
    ...query
  }: MessageFindOptions = {}): AsyncGenerator<OutboundMessage, void, undefined> {
    const input = { query: { ...query, status: statuses?.join(",") }, signal };
    return readAllPages(this.#callRoute, routes.findMessages, input);
  }

  /** Sends a message again that is `failed`, `unknown` or `expired`, behind all that its contact has waiting. Needs the scope `messages:send`. */
  retry(contactId: string, messageId: string, options: CallOptions = {}): Promise<OutboundMessage> {
    return this.#change(routes.retryMessage, { contactId, messageId }, options);
  }

  /** Takes back a message that waits. Needs the scope `messages:send`. */
  cancel(contactId: string, messageId: string, options: CallOptions = {}): Promise<OutboundMessage> {
    return this.#change(routes.cancelMessage, { contactId, messageId }, options);
  }

  /** Removes a message for good that is `failed`, `unknown` or `expired`. Needs the scope `messages:send`. */
  drop(contactId: string, messageId: string, { signal }: CallOptions = {}): Promise<void> {
    return callRemoval(this.#callRoute, routes.dropMessage, { ids: { contactId, messageId }, signal });
  }

  /** Sends many again at once, and says how many: at most `limit`. Needs the scope `messages:send`. */
  async retryMany(
    selection: DeadLetterSelection = {},
    { signal }: CallOptions = {},
  ): Promise<DeadLetterCount> {
    return this.#callRoute(routes.retryMessages, { body: toJson(selection), signal });
  }

  /** Removes many for good at once, and says how many: at most `limit`. Needs the scope `messages:send`. */
  async dropMany(
    selection: DeadLetterSelection = {},
    { signal }: CallOptions = {},
  ): Promise<DeadLetterCount> {
    return this.#callRoute(routes.dropMessages, { body: toJson(selection), signal });
  }

  async #change(
    route: Route<OutboundMessage>,
    ids: { contactId: string; messageId: string },
    { signal }: CallOptions,
  ): Promise<OutboundMessage> {
    try {
      return await this.#callRoute(route, { ids, signal });
    } catch (error) {
      if (!ApiError.is(error) || error.apiCode !== "message.state" || error.attempts === 1) throw error;
      // The answer to an attempt before this one was lost: it was that one which changed the message.
      const message = await this.get(ids.contactId, ids.messageId, { signal });
      if (message.direction === "outbound") return message;
      throw error;
    }
  }
}

function toMessage(given: Content | MessageRequest, metadata: SendOptions["metadata"]): MessageRequest {
  const message: MessageRequest = given?.type === "message" ? given : { type: "message", content: given };
  return metadata ? { ...message, metadata: { ...message.metadata, ...metadata } } : message;
}
