import { randomUUID } from "node:crypto";
import { pictureMaxBytes, pictureMimeTypes } from "@quickcard/web";
import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { tooManyRequests } from "../http/mount-routes.ts";
import { type RateLimiter, toRateWindow } from "../http/rate-limiter.ts";
import { readBody } from "../http/read-body.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { isMedia } from "../media/is-media.ts";
import { mediaAnswer } from "../media/media-answer.ts";
import { pictureMimeType } from "../media/picture-mime-type.ts";
import { readStoredMedia } from "../media/stored-media.ts";
import type { ContactRecord } from "../store/records.ts";
import { acceptFromPage } from "./accept-from-page.ts";
import { clientMessageId } from "./client-message-id.ts";
import { toChatMessage } from "./present-chat.ts";
import { requireChat, requireChatWithin } from "./require-chat.ts";

/** How many pictures a customer may send in an hour, counted by all gateways together. */
export const picturesPerHour = 60;

const pictureQuery = z.strictObject({
  clientMessageId,
  filename: z.string().min(1).max(200).exactOptional(),
});

/** The pictures that customers send from their page, and see there. */
export function chatPictureRoutes(
  server: ServerContext,
  limiter: RateLimiter,
  hasAgents: boolean,
): AnyRoute[] {
  const sent = defineRoute<z.output<typeof pictureQuery>, undefined>({
    method: "POST",
    path: "/chat/{token}/pictures",
    operationId: "sendPicture",
    summary: "A picture that the customer sends",
    crossOrigin: true,
    query: pictureQuery,
    answers: { 201: { description: "The ChatMessage." } },
    async handle({ params, query, raw }) {
      const contact = await requireChatWithin(server, limiter, { params });
      await takePermit(server, contact);
      const media = await readBody(raw, pictureMaxBytes);
      const id = randomUUID();
      const accepted = await acceptFromPage(server, contact, {
        id,
        content: {
          type: "image",
          channelMediaId: id,
          mimeType: requirePicture(media),
          ...(query.filename === undefined ? {} : { filename: query.filename }),
        },
        clientMessageId: query.clientMessageId,
        media,
        mayReopen: hasAgents,
      });
      return json(201, toChatMessage(accepted));
    },
  });
  const seen = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/chat/{token}/pictures/{messageId}",
    operationId: "readPicture",
    summary: "A picture that the customer has sent",
    produces: "*/*",
    crossOrigin: true,
    answers: { 200: { description: "The bytes." } },
    async handle({ params }) {
      const contact = await requireChat(server, { params });
      const message = await server.store.findMessage(contact.id, params.messageId ?? "");
      const content = message?.direction === "inbound" && isMedia(message.content) && message.content;
      const media = content && (await readStoredMedia(server.store, content.channelMediaId ?? ""));
      if (!media) throw new ApiError("not.found", "There is no such picture in this chat.");
      return mediaAnswer(content, media);
    },
  });
  return [sent, seen];
}

/** @throws ApiError `too.many.requests` */
async function takePermit({ store }: ServerContext, { id }: ContactRecord): Promise<void> {
  const taken = await store.takeRate(`pictures:${id}`, picturesPerHour, 60 * 60 * 1000);
  if (taken.exceeded) throw tooManyRequests(toRateWindow(taken, picturesPerHour));
}

/** What the bytes are, whatever they are called. @throws ApiError `unsupported.media.type` */
function requirePicture(bytes: Uint8Array): (typeof pictureMimeTypes)[number] {
  const found = pictureMimeType(bytes);
  if (found) return found;
  throw new ApiError(
    "unsupported.media.type",
    `These bytes are no picture that can be shown. Send ${pictureMimeTypes.join(", ")}.`,
  );
}
