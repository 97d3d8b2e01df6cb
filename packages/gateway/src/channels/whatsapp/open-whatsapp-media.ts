import { jsonFields } from "../../json/json-fields.ts";
import type { OpenedMedia, OpenMedia } from "../channel-media.ts";
import { type MediaHttp, orUnavailable, unavailable } from "../media-http.ts";
import { readGraphFault } from "../meta/graph-answer.ts";

interface Graph {
  media: MediaHttp;
  /** With the version: `https://graph.facebook.com/v23.0`. */
  graph: string;
  /** The number's id, as it stands in a path. */
  number: string;
  /** With the token. */
  headers: Record<string, string>;
}

/** The Graph API's word that there is no such object, or none that the token may see. */
const noSuchObject = 100;

/**
 * WhatsApp tells for five minutes where a medium is; that address asks for the token too.
 *
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export function openWhatsAppMedia(account: Graph): OpenMedia {
  return (id, signal) => orUnavailable(open(account, id, signal));
}

async function open(
  { media, graph, number, headers }: Graph,
  id: string,
  signal: AbortSignal,
): Promise<OpenedMedia> {
  const place = `${graph}/${encodeURIComponent(id)}?phone_number_id=${number}`;
  const { status, body } = await media.ask({ url: place, headers, signal });
  const url = jsonFields(body).text("url");
  if (status === 200 && url !== undefined) return media.open({ url, headers, signal });
  const isGone = status === 404 || readGraphFault(body).code === noSuchObject;
  return isGone ? { kind: "gone" } : unavailable(status);
}
