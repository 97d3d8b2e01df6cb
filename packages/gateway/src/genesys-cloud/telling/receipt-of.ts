import type { MessageStatus } from "@quickcard/client";
import type {
  ConversationReason,
  OpenInboundNormalizedReceipt,
  ReasonCode,
} from "@quickcard/client/genesys-cloud";

/** What is told to Genesys Cloud of a message that it sent. */
export interface ReceiptFacts {
  remoteId: string;
  contactId: string;
  status: MessageStatus;
  reason?: string | undefined;
  /** When it came to this. Milliseconds since 1970. */
  at: number;
}

/** What each status is as a receipt. Others are told by none: Genesys Cloud shows `sent` by itself, and has no `read`. */
const receipts: Partial<Record<MessageStatus, { status: "Delivered" | "Failed"; code?: ReasonCode }>> = {
  delivered: { status: "Delivered" },
  // Where the channel never says `delivered`.
  read: { status: "Delivered" },
  failed: { status: "Failed", code: "GeneralError" },
  expired: { status: "Failed", code: "MessageExpired" },
  unknown: { status: "Failed", code: "ServerError" },
  cancelled: { status: "Failed", code: "MessageNotAllowed" },
};

/** The receipt that tells of a status, where one does. */
export function receiptOf(facts: ReceiptFacts): OpenInboundNormalizedReceipt | undefined {
  const { remoteId, contactId, reason, at } = facts;
  const told = receipts[facts.status];
  if (!told) return undefined;
  const { status, code } = told;
  const reasons: ConversationReason[] = code ? [{ code, message: reason ?? "It was not delivered." }] : [];
  return {
    id: remoteId,
    channel: { to: { id: contactId, idType: "Opaque" }, time: new Date(at).toISOString() },
    status,
    ...(reasons.length > 0 ? { reasons } : {}),
    isFinalReceipt: true,
  };
}

/** The receipt of a message that was never taken for delivery. */
export function failedReceipt(
  remoteId: string,
  contactId: string,
  reason: Required<ConversationReason>,
  at: number,
): OpenInboundNormalizedReceipt {
  return {
    id: remoteId,
    channel: { to: { id: contactId, idType: "Opaque" }, time: new Date(at).toISOString() },
    status: "Failed",
    reasons: [reason],
    isFinalReceipt: true,
  };
}
