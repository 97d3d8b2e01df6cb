import type { OpenMedia } from "../channel-media.ts";
import { type MediaHttp, orUnavailable } from "../media-http.ts";

interface Account {
  media: MediaHttp;
  dataBaseUrl: string;
  /** With the token. */
  headers: Record<string, string>;
}

/**
 * LINE gives out what customers sent for some time, by the message's id; what is long may not be ready at once.
 *
 * https://developers.line.biz/en/reference/messaging-api/#get-content
 */
export function openLineMedia({ media, dataBaseUrl, headers }: Account): OpenMedia {
  return (id, signal) => {
    const url = `${dataBaseUrl}/v2/bot/message/${encodeURIComponent(id)}/content`;
    return orUnavailable(media.open({ url, headers, signal }));
  };
}
