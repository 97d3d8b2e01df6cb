import type { ContactId, Content, MessageRequest, OutboundMessage } from "../contacts-api.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";

/** One message of many. */
export interface BulkRow {
  readonly contactId: ContactId;
  readonly message: Content | MessageRequest;
  /**
   * What tells this row from the others of its batch, such as an order number. A row that is given again with the same key,
   * for the same batch, is not sent twice. Without it, the row cannot be taken up again.
   */
  readonly key?: string | undefined;
}

interface BulkResultBase {
  /** The place of the row, from 0. */
  readonly index: number;
  readonly contactId: ContactId;
  /** The row's own key. */
  readonly key?: string;
}

/** The gateway has the message. */
export interface BulkSent extends BulkResultBase {
  readonly status: "sent";
  /** Absent where the answer could not be read: see `error`. */
  readonly message?: OutboundMessage;
  readonly error?: OpenMessagingError;
}

/** The gateway certainly does not have the message. */
export interface BulkFailed extends BulkResultBase {
  readonly status: "failed";
  readonly error: OpenMessagingError;
}

/** The gateway may have the message. Giving the row again with the same key and batch, within 24 hours, is safe. */
export interface BulkUnknown extends BulkResultBase {
  readonly status: "unknown";
  /** An `OpenMessagingError`, the reason of the signal that ended the call, or what a layer or token function threw. */
  readonly error: unknown;
}

/** What became of one row. */
export type BulkResult = BulkSent | BulkFailed | BulkUnknown;
