import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord, MessageRecord, MessageStatus } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { saveMessage } from "./save-message.ts";

/** What a channel says of a message; `Read` by the deprecated operation alone. */
export interface Receipt extends Pick<Wire<"OpenNormalizedMessage">, "reasons" | "isFinalReceipt"> {
  id: string;
  channel: Wire<"OpenInboundMessagingReceiptChannel">;
  status: NonNullable<Wire<"OpenNormalizedMessage">["status"]>;
}

/** What a message becomes by a receipt. Source: `MessageData.status` beside `OpenNormalizedMessage.status`. */
const statusOfReceipt: Record<Receipt["status"], MessageStatus> = {
  Sent: "sent",
  Delivered: "delivery-success",
  Read: "read",
  Failed: "delivery-failed",
  Published: "published",
  Removed: "removed",
};

/**
 * Notes what the channel says of a message, and answers with the receipt. One for a message that is not known is answered, with 200, by a
 * receipt that says `Failed` (as captured by gildas/go-gcloudcx).
 */
export function applyReceipt(organisation: Organisation, integration: IntegrationRecord, receipt: Receipt) {
  const message = organisation.messages.get(receipt.id);
  if (message?.integrationId !== integration.id || message.direction !== "outbound")
    return toNormalized(integration, receipt, {
      status: "Failed",
      reasons: [{ code: "UnknownMessage", message: "There is no outbound message with this id." }],
    });
  const normalized = toNormalized(integration, receipt, {
    status: receipt.status,
    ...(receipt.reasons === undefined ? {} : { reasons: receipt.reasons }),
  });
  saveMessage(organisation, withReceipt(message, receipt, normalized));
  return normalized;
}

/** The most receipts kept of one message; the oldest make room. */
const mostReceipts = 20;

function withReceipt(
  message: MessageRecord,
  { status, reasons }: Receipt,
  normalized: Wire<"ConversationNormalizedMessage">,
): MessageRecord {
  const [reason] = reasons ?? [];
  return {
    ...message,
    status: statusOfReceipt[status],
    receipts: [...message.receipts, normalized].slice(-mostReceipts),
    error:
      status === "Failed"
        ? { code: reason?.code ?? "GeneralError", message: reason?.message ?? "The channel gave no reason." }
        : message.error,
  };
}

function toNormalized(
  integration: IntegrationRecord,
  { id, channel, isFinalReceipt }: Receipt,
  said: Pick<Wire<"ConversationNormalizedMessage">, "status" | "reasons">,
): Wire<"ConversationNormalizedMessage"> {
  return {
    id,
    channel: {
      id: integration.id,
      platform: "Open",
      type: "Private",
      to: channel.to,
      from: { id: integration.id, idType: "Opaque", nickname: integration.name },
      time: channel.time,
    },
    type: "Receipt",
    ...said,
    isFinalReceipt: isFinalReceipt ?? false,
    direction: "Inbound",
  };
}
