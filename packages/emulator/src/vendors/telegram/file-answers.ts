import { bytesOf, type MediaBox } from "../media-box.ts";
import type { CustomerMedia } from "../stand-in.ts";

/** Bots are given no file that is longer: https://core.telegram.org/bots/api#getfile */
const maxFileBytes = 20 * 1024 * 1024;

const folders: Readonly<Record<CustomerMedia["kind"], string>> = {
  image: "photos",
  audio: "music",
  video: "videos",
  file: "documents",
};

/** What `getFile` tells of a file; a text where it is refused. */
export async function tellFile(box: MediaBox, id: string): Promise<object | string> {
  const media = box.find(id);
  if (!media) return "Bad Request: wrong file_id or the file is temporarily unavailable";
  const { byteLength } = await bytesOf(media);
  if (byteLength > maxFileBytes) return "Bad Request: file is too big";
  return {
    file_id: id,
    file_unique_id: id.slice(0, 12),
    file_size: byteLength,
    file_path: `${folders[media.kind]}/${id}`,
  };
}

/** The bytes at a path that `getFile` told. Telegram says of none what it is. */
export async function giveFile(box: MediaBox, path: string): Promise<Response> {
  const media = box.find(path.split("/").at(-1) ?? "");
  if (!media) return new Response("Not Found", { status: 404 });
  return new Response(await bytesOf(media), { headers: { "content-type": "application/octet-stream" } });
}
