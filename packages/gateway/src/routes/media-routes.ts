import type { InboundMedia } from "@quickcard/client";
import type { OpenedMedia, OpenMedia } from "../channels/channel-media.ts";
import { ApiError } from "../http/api-error.ts";
import { type AnyRoute, defineRoute } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { isMedia } from "../media/is-media.ts";
import { maxMediaBytes, mediaAnswer } from "../media/media-answer.ts";
import { isMediaLinkOver, isMediaSignature, mediaLinkDays } from "../media/media-link.ts";
import type { MediaSources } from "../media/media-sources.ts";
import type { ContactRecord } from "../store/records.ts";

/** How many media are given out at once by one process. */
export const mostAtOnce = 64;

/** How long giving one out may take, from the request to the last byte. */
export const mediaTimeoutMs = 60_000;

/** Customers' media, for Genesys Cloud and its agents: open to who has the link, which the contact's secret signs. */
export function mediaRoutes(server: ServerContext, openMediaOf: MediaSources): AnyRoute[] {
  let underWay = 0;
  const route = defineRoute<undefined, undefined>({
    method: "GET",
    path: "/media/{contactId}/{messageId}/{signature}",
    operationId: "readMedia",
    summary: "What a customer sent, by its signed link",
    produces: "*/*",
    answers: { 200: { description: "The bytes." } },
    async handle({ params, raw }) {
      const { contact, content } = await requireMedia(server, params);
      const open = openMediaOf(contact.channel);
      if (underWay >= mostAtOnce) throw busy();
      underWay += 1;
      const leave = () => {
        underWay -= 1;
      };
      const signal = AbortSignal.any([raw.signal, AbortSignal.timeout(mediaTimeoutMs)]);
      const opened = await openContent(open, content, signal);
      if (opened.kind !== "opened") leave();
      else opened.bytes.once("close", leave);
      return answer(server, contact, content, opened);
    },
  });
  return [route];
}

/** @throws ApiError `not.found` where the link is none of ours, `media.gone` where its time is over. */
async function requireMedia(
  { store, now }: ServerContext,
  { contactId = "", messageId = "", signature = "" }: Record<string, string>,
): Promise<{ contact: ContactRecord; content: InboundMedia }> {
  const contact = await store.findContact(contactId);
  const message =
    contact && isMediaSignature(contact, messageId, signature)
      ? await store.findMessage(contactId, messageId)
      : undefined;
  if (!contact || message?.direction !== "inbound" || !isMedia(message.content)) {
    throw new ApiError("not.found", "There is nothing at this link, or not any more.");
  }
  if (!isMediaLinkOver(message.createdAt, now())) return { contact, content: message.content };
  throw new ApiError("media.gone", `This link was good for ${mediaLinkDays} days, and they are over.`);
}

async function openContent(
  open: OpenMedia | undefined,
  { channelMediaId }: InboundMedia,
  signal: AbortSignal,
): Promise<OpenedMedia> {
  if (!open || channelMediaId === undefined) return { kind: "gone" };
  return open(channelMediaId, signal);
}

function answer(
  { logger }: ServerContext,
  { channel }: ContactRecord,
  content: InboundMedia,
  opened: OpenedMedia,
): Response {
  switch (opened.kind) {
    case "gone":
      throw new ApiError("media.gone", `The channel ${channel} does not have this any more.`);
    case "unavailable":
      logger.warn({ channel, reason: opened.reason }, "a customer's medium cannot be fetched");
      throw new ApiError(
        "media.unavailable",
        `The channel ${channel} does not give this out now. Try again.`,
        {
          headers: { "retry-after": "10" },
        },
      );
    case "opened":
      if ((opened.sizeBytes ?? 0) <= maxMediaBytes) return mediaAnswer(content, opened);
      opened.bytes.destroy();
      throw new ApiError(
        "media.gone",
        `This has ${opened.sizeBytes} bytes; nothing over ${maxMediaBytes} is given out.`,
      );
  }
}

function busy(): ApiError {
  return new ApiError("service.unavailable", "Too many media are being fetched. Try again.", {
    headers: { "retry-after": "1" },
  });
}
