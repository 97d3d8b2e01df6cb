import { jsonFields } from "../../json/json-fields.ts";
import type { OpenedMedia, OpenMedia } from "../channel-media.ts";
import { type MediaHttp, orUnavailable, unavailable } from "../media-http.ts";

interface Bot {
  media: MediaHttp;
  baseUrl: string;
  token: string;
}

/**
 * Telegram tells for an hour where a file is, and of none over 20 MB: a 400 is its word for those and for unknown ones.
 * The token stands in the address, so that no address of a file ever leaves here.
 *
 * https://core.telegram.org/bots/api#getfile
 */
export function openTelegramMedia(bot: Bot): OpenMedia {
  return (id, signal) => orUnavailable(open(bot, id, signal));
}

async function open({ media, baseUrl, token }: Bot, id: string, signal: AbortSignal): Promise<OpenedMedia> {
  const place = `${baseUrl}/bot${token}/getFile?file_id=${encodeURIComponent(id)}`;
  const { status, body } = await media.ask({ url: place, headers: {}, signal });
  if (status === 400) return { kind: "gone" };
  const path = jsonFields(body).fields("result").text("file_path");
  if (status !== 200 || path === undefined) return unavailable(status);
  const url = `${baseUrl}/file/bot${token}/${path.split("/").map(encodeURIComponent).join("/")}`;
  return media.open({ url, headers: {}, signal });
}
