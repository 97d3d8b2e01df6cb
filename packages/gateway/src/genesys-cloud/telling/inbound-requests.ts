import type {
  ContentButtonResponse,
  OpenInboundMessageMessagingChannel,
  OpenInboundNormalizedMessage,
  OpenInboundStructuredResponseMessage,
} from "@quickcard/client/genesys-cloud";
import { mapUrl } from "@quickcard/content/channels";
import { isMedia } from "../../media/is-media.ts";
import type { ContactRecord, InboundRecord, OutboundRecord } from "../../store/records.ts";
import { toInboundAttachment } from "./inbound-attachment.ts";

/** The metadata of a message that tells what it was in Genesys Cloud. */
export const contentTypeKey = "genesysContentType";

/** A medium that a customer sent, as an attachment; `undefined` for anything else. */
export function toInboundMedia(
  contact: ContactRecord,
  message: InboundRecord,
): OpenInboundNormalizedMessage | undefined {
  const { content } = message;
  const attachment = isMedia(content) ? toInboundAttachment(content) : undefined;
  return attachment && { channel: channelOf(contact, message), content: [{ attachment }] };
}

/** What a customer wrote, or sent, in words. */
export function toInboundText(contact: ContactRecord, message: InboundRecord): OpenInboundNormalizedMessage {
  return { channel: channelOf(contact, message), text: textOf(message) };
}

/** What a customer tapped of a message that Genesys Cloud sent. */
export function toStructuredResponse(
  contact: ContactRecord,
  message: InboundRecord,
  tapped: { remoteId: string; message: OutboundRecord },
): OpenInboundStructuredResponseMessage | undefined {
  if (message.content.type !== "tap") return undefined;
  const { label, value, kind } = message.content;
  const isDate = tapped.message.metadata?.[contentTypeKey] === "DatePicker";
  const type: ContentButtonResponse["type"] =
    kind === "postback" ? "Button" : isDate ? "DatePicker" : "QuickReply";
  // A date picker's answer carries the ISO time in both.
  const buttonResponse = { type, text: isDate ? value : label, payload: value };
  return { channel: channelOf(contact, message), buttonResponse, originatingMessageId: tapped.remoteId };
}

/** `messageId` and `time` are the same in every repetition, as Genesys Cloud asks of one message. */
function channelOf(contact: ContactRecord, message: InboundRecord): OpenInboundMessageMessagingChannel {
  const { id, displayName } = contact;
  return {
    messageId: message.id,
    from: { id, idType: "Opaque", ...(displayName ? { nickname: displayName } : {}) },
    time: new Date(message.createdAt).toISOString(),
  };
}

/** Agents read of a picture or a place where it is, or that there was one. */
function textOf({ content }: InboundRecord): string {
  switch (content.type) {
    case "text":
      return content.text;
    case "tap":
      return content.label;
    case "location":
      return [content.name, content.address, mapUrl(content)].filter(Boolean).join("\n");
    case "image":
    case "audio":
    case "video":
    case "file": {
      const { type, url, filename, caption } = content;
      return [caption, url ?? `[${filename ?? type}]`].filter(Boolean).join("\n");
    }
  }
}
