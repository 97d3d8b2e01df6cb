import { ApiError } from "../http/api-error.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type {
  ConversationRecord,
  MediaRecord,
  MessageRecord,
  ParticipantRecord,
} from "../organisation/records.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import type { Wire } from "../wire/models.ts";
import { sendMessage } from "./send-message.ts";

/** What an agent, or a program in an agent's place, can send: text or files, nothing richer. */
export type AgentMessage = Pick<Wire<"AdditionalMessage">, "textBody" | "mediaIds" | "messagingTemplate">;

/**
 * Sends what an agent wrote on their communication.
 *
 * @param urlOf Where a customer's channel can fetch a file.
 * @throws ApiError where the platform would refuse it.
 */
export function sendAsAgent(
  organisation: Organisation,
  webhooks: WebhookQueue,
  conversation: ConversationRecord,
  participant: ParticipantRecord,
  { textBody, mediaIds, messagingTemplate }: AgentMessage,
  urlOf: (media: MediaRecord) => string,
): MessageRecord {
  if (participant.state !== "connected")
    throw new ApiError("bad.request", "The communication is not connected.");
  const bodies = [textBody || undefined, mediaIds?.[0], messagingTemplate].filter(
    (body) => body !== undefined,
  );
  if (bodies.length !== 1)
    throw new ApiError(
      "bad.request",
      "Only one message body field can be accepted, per request. Example: 1 textBody, 1 mediaId, or 1 messageTemplate.",
    );
  if (messagingTemplate !== undefined)
    throw new ApiError(
      "bad.request",
      "Messaging templates are not emulated; on the platform they are WhatsApp's.",
    );
  if (textBody) checkText(textBody);
  const media = mediaIds?.length ? findMedia(organisation, participant, mediaIds) : undefined;
  return sendMessage(organisation, webhooks, conversation, {
    communicationId: participant.communicationId,
    originatingEntity: "Human",
    body: {
      type: "Text",
      ...(media === undefined
        ? { text: textBody ?? "" }
        : {
            content: [{ contentType: "Attachment", attachment: toAttachment(media, urlOf(media)) }],
          }),
    },
  });
}

/** @throws ApiError where a text is longer than the platform takes. */
export function checkText(text: string): void {
  if (text.length > limits.textCharacters.value)
    throw new ApiError(
      "bad.request",
      `textBody should NOT be longer than ${limits.textCharacters.value} characters`,
    );
}

function findMedia({ media }: Organisation, { communicationId }: ParticipantRecord, ids: readonly string[]) {
  if (ids.length > 1)
    throw new ApiError("bad.request", "If contentType = Attachment only one item is allowed.");
  const found = media.get(ids[0] ?? "");
  if (found?.communicationId !== communicationId || found.status !== "valid")
    throw new ApiError("bad.request", "mediaIds names media that is not there, or not valid yet.");
  return found;
}

function toAttachment({ id, name, mediaType, contentLengthBytes }: MediaRecord, url: string) {
  const [kind] = mediaType.split("/");
  return {
    id,
    mediaType: mediaTypeNames[kind ?? ""] ?? ("File" as const),
    url,
    mime: mediaType,
    filename: name,
    contentSizeBytes: contentLengthBytes,
  };
}

const mediaTypeNames: Record<string, "Image" | "Video" | "Audio"> = {
  image: "Image",
  video: "Video",
  audio: "Audio",
};
