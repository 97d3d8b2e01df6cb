/** Records as the API shows them. */
import type {
  Attempt,
  Contact,
  Event,
  InboundMessage,
  Message,
  Notice,
  OutboundMessage,
  StatusChange,
} from "@quickcard/client";
import type {
  AttemptRecord,
  ContactRecord,
  EventRecord,
  InboundRecord,
  OutboundRecord,
  StatusRecord,
} from "../store/records.ts";

/** Where the contacts API begins. */
export const apiBase = "/api/v2/conversations/messaging";

/** ISO 8601 in UTC, with milliseconds. */
export function toTimestamp(instant: number): string {
  return new Date(instant).toISOString();
}

/** A contact as the API shows it; `chatOrigin` is given where the reader may have the customer's link. */
export function toContact(record: ContactRecord, chatOrigin?: string): Contact {
  const { chatToken, closedAt: _, createdAt, updatedAt, lastInboundAt, ...rest } = record;
  const hasPage = chatOrigin !== undefined && record.channel === "web";
  return {
    ...rest,
    createdAt: toTimestamp(createdAt),
    updatedAt: toTimestamp(updatedAt),
    ...(lastInboundAt === undefined ? {} : { lastInboundAt: toTimestamp(lastInboundAt) }),
    ...(hasPage ? { chatUrl: `${chatOrigin}/chat/${chatToken}` } : {}),
    selfUri: `${apiBase}/contacts/${record.id}`,
  };
}

/** A message of either direction as the API shows it. */
export function toMessage(record: OutboundRecord | InboundRecord, notices?: Notice[]): Message {
  return record.direction === "inbound" ? toInboundMessage(record) : toOutboundMessage(record, notices);
}

/** What has happened to a message so far. */
export interface MessageHistory {
  attempts: AttemptRecord[];
  statuses: StatusRecord[];
}

/** A message to a customer as the API shows it. */
export function toOutboundMessage(
  record: OutboundRecord,
  notices: Notice[] = [],
  history?: MessageHistory,
): OutboundMessage {
  return {
    id: record.id,
    contactId: record.contactId,
    conversationId: record.conversationId,
    direction: "outbound",
    status: record.status,
    timestamp: toTimestamp(record.createdAt),
    content: record.content,
    ...(record.metadata ? { metadata: record.metadata } : {}),
    notices,
    delivery: {
      mode: record.mode,
      ...(record.sendAt === undefined ? {} : { sendAt: toTimestamp(record.sendAt) }),
      expiresAt: toTimestamp(record.expiresAt),
    },
    ...(record.reason === undefined ? {} : { reason: record.reason }),
    ...(history
      ? { attempts: history.attempts.map(toAttempt), statuses: history.statuses.map(toStatusChange) }
      : {}),
    selfUri: messageUri(record),
  };
}

function toAttempt({ startedAt, endedAt, nextAt, ...rest }: AttemptRecord): Attempt {
  return {
    ...rest,
    startedAt: toTimestamp(startedAt),
    ...(endedAt === undefined ? {} : { endedAt: toTimestamp(endedAt) }),
    ...(nextAt === undefined ? {} : { nextAt: toTimestamp(nextAt) }),
  };
}

function toStatusChange({ at, ...rest }: StatusRecord): StatusChange {
  return { ...rest, timestamp: toTimestamp(at) };
}

function toInboundMessage(record: InboundRecord): InboundMessage {
  return {
    id: record.id,
    contactId: record.contactId,
    conversationId: record.conversationId,
    direction: "inbound",
    status: "received",
    timestamp: toTimestamp(record.createdAt),
    content: record.content,
    selfUri: messageUri(record),
  };
}

function messageUri(record: { contactId: string; id: string }): string {
  return `${apiBase}/contacts/${record.contactId}/messages/${record.id}`;
}

/** An event as the stream and webhooks tell it. */
export function toEvent(record: EventRecord): Event {
  const base = {
    id: String(record.id),
    timestamp: toTimestamp(record.createdAt),
    contactId: record.contactId,
    conversationId: record.conversationId,
  };
  switch (record.type) {
    case "message.inbound":
      return { ...base, type: record.type, message: toInboundMessage(record.message) };
    case "message.status":
      return {
        ...base,
        type: record.type,
        messageId: record.message.id,
        status: record.status,
        ...(record.reason === undefined ? {} : { reason: record.reason }),
        ...(record.message.metadata ? { metadata: record.message.metadata } : {}),
      };
    case "conversation.state":
      return { ...base, type: record.type, state: record.state };
  }
}
