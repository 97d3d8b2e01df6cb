import type { InboundMedia } from "@quickcard/client";
import type { OpenedMedia } from "../channels/channel-media.ts";
import { ApiError } from "../http/api-error.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { ContactRecord } from "../store/records.ts";
import { maxMediaBytes, mediaAnswer } from "./media-answer.ts";
import type { MediaSources } from "./media-sources.ts";

/** How many media are given out at once by one process. */
export const mostAtOnce = 64;

/** How long giving one out may take, from the request to the last byte. */
export const mediaTimeoutMs = 60_000;

/** Answers with what a customer of a contact sent; `request` ends it early. @throws ApiError */
export type GiveMedia = (
  contact: ContactRecord,
  content: InboundMedia,
  request: AbortSignal,
) => Promise<Response>;

/** Gives media out, a limited number of them at once, from where each is. */
export function mediaGiver({ logger }: Pick<ServerContext, "logger">, openMediaOf: MediaSources): GiveMedia {
  let underWay = 0;
  return async ({ channel }, content, request) => {
    const open = openMediaOf(channel);
    if (!open || content.channelMediaId === undefined)
      throw gone(`The channel ${channel} has not kept this.`);
    if (underWay >= mostAtOnce) throw busy();
    underWay += 1;
    const leave = () => {
      underWay -= 1;
    };
    const signal = AbortSignal.any([request, AbortSignal.timeout(mediaTimeoutMs)]);
    const opened = await open(content.channelMediaId, signal).catch((error: unknown) => {
      leave();
      throw error;
    });
    if (opened.kind === "opened") opened.bytes.once("close", leave);
    else leave();
    if (opened.kind === "unavailable") {
      logger.warn({ channel, reason: opened.reason }, "a customer's medium cannot be fetched");
    }
    return answer(channel, content, opened);
  };
}

function answer(channel: string, content: InboundMedia, opened: OpenedMedia): Response {
  switch (opened.kind) {
    case "gone":
      throw gone(`The channel ${channel} does not have this any more.`);
    case "unavailable":
      throw new ApiError(
        "media.unavailable",
        `The channel ${channel} does not give this out now. Try again.`,
        { headers: { "retry-after": "10" } },
      );
    case "opened":
      if ((opened.sizeBytes ?? 0) <= maxMediaBytes) return mediaAnswer(content, opened);
      opened.bytes.destroy();
      throw gone(`This has ${opened.sizeBytes} bytes; nothing over ${maxMediaBytes} is given out.`);
  }
}

function gone(message: string): ApiError {
  return new ApiError("media.gone", message);
}

function busy(): ApiError {
  return new ApiError("service.unavailable", "Too many media are being fetched. Try again.", {
    headers: { "retry-after": "1" },
  });
}
