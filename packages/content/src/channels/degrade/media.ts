import type { Content, FileContent, ImageContent, MediaContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { ChannelProfile, MediaForm } from "../channel-profile.ts";
import { isBlank } from "../text/is-blank.ts";
import { fits, rooms } from "../text/room.ts";
import { fileNameOf, hasMediaType, mediaType } from "./media-type.ts";
import { fetchesFrom, takesMediaUrl } from "./media-url.ts";
import { degradeText, joined } from "./text.ts";
import { note, noteBlank, type Work } from "./work.ts";

/** A picture, recording, film or file with what the channel shows beside it; else as a link. */
export function degradeMedia(work: Work, content: MediaContent, path = ""): Content[] {
  const form = work.profile.media[content.type];
  if (!form || whyNotShown(work.profile, form, content)) return asLink(work, content, path);
  const { caption, ...rest } = content;
  const shown = fields(work, form, rest, path);
  if (caption === undefined || isBlank(caption)) {
    noteBlank(work, caption, `${path}/caption`);
    return [shown];
  }
  if (form.caption && fits(caption, rooms(work.profile, form.caption, limits.caption))) {
    return [{ ...shown, caption }];
  }
  const messages = degradeText(work, caption, `${path}/caption`);
  note(work, "caption_split", `${path}/caption`, {
    from: `${caption.length} characters`,
    to: "message of its own",
    extraMessages: 1,
  });
  return [shown, ...messages];
}

/** What keeps a channel from showing something as what it is; `undefined`: nothing that is known. */
export function whyNotShown(
  profile: ChannelProfile,
  form: MediaForm,
  content: MediaContent,
): "mimeType" | "protocol" | "url" | "thumbnail" | undefined {
  const type = mediaType(content.url, content.type === "file" ? content.mimeType : undefined);
  if (type && form.mimeTypes && !hasMediaType(form.mimeTypes, type)) return "mimeType";
  if (!fetchesFrom(profile, content.url)) return "protocol";
  if (!takesMediaUrl(profile, form.url, content.url)) return "url";
  if (form.thumbnail !== "required" || content.type !== "video") return undefined;
  const { thumbnailUrl } = content;
  const hasThumbnail = thumbnailUrl !== undefined && takesMediaUrl(profile, form.url, thumbnailUrl);
  return hasThumbnail ? undefined : "thumbnail";
}

/** A file's name, where it says more than its URL does. */
export function tellingFilename({ url, filename }: FileContent): string | undefined {
  return filename === undefined || isBlank(filename) || filename === fileNameOf(url) ? undefined : filename;
}

function fields(work: Work, form: MediaForm, content: MediaContent, path: string): MediaContent {
  if (content.type === "image") return withAltText(work, form, content, path);
  if (content.type === "file") return withFilename(work, form, content, path);
  if (content.type !== "video" || content.thumbnailUrl === undefined || form.thumbnail) return content;
  note(work, "thumbnail_dropped", `${path}/thumbnailUrl`, { from: "picture", to: "none" });
  const { thumbnailUrl: _, ...rest } = content;
  return rest;
}

function withAltText(work: Work, form: MediaForm, content: ImageContent, path: string): ImageContent {
  const { altText, ...rest } = content;
  if (altText === undefined || isBlank(altText)) {
    noteBlank(work, altText, `${path}/altText`);
    return rest;
  }
  if (form.altText && fits(altText, rooms(work.profile, form.altText, limits.altText))) return content;
  note(work, "alt_text_dropped", `${path}/altText`, { from: `${altText.length} characters`, to: "none" });
  return rest;
}

function withFilename(work: Work, form: MediaForm, content: FileContent, path: string): FileContent {
  const name = tellingFilename(content);
  if (name === undefined) return content;
  if (form.filename && fits(name, rooms(work.profile, form.filename, limits.filename))) return content;
  note(work, "filename_dropped", `${path}/filename`, { from: "name", to: "that of the URL" });
  const { filename: _, ...rest } = content;
  return rest;
}

function asLink(work: Work, content: MediaContent, path: string): Content[] {
  const name = content.type === "file" ? tellingFilename(content) : undefined;
  const shows = content.type === "image" ? content.altText : undefined;
  note(work, "media_to_link", path, { from: content.type, to: "link" });
  if (content.type === "video" && content.thumbnailUrl !== undefined) {
    note(work, "thumbnail_dropped", `${path}/thumbnailUrl`, { from: "picture", to: "none" });
  }
  return degradeText(work, joined([content.caption, name ?? shows, content.url]), path);
}
