import type { LocationContent, MediaContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { Length } from "../channel-profile.ts";
import { tellingFilename, whyNotShown } from "../degrade/media.ts";
import { isBlank } from "../text/is-blank.ts";
import { rooms } from "../text/room.ts";
import { type Breach, breach, type Report, tooLong } from "./report.ts";

const reasons: { readonly [Reason in "mimeType" | "protocol" | "thumbnail"]: Breach } = {
  mimeType: {
    rule: "media.mimeType",
    message: "The channel does not take files of this type",
    fix: "Send another format; otherwise a link is sent.",
  },
  protocol: {
    rule: "media.protocol",
    message: "The channel fetches files by https: alone",
    fix: "Give an https: URL; otherwise a link is sent.",
  },
  thumbnail: {
    rule: "video.thumbnail",
    message: "The channel takes a film only with a still picture",
    fix: 'Give a "thumbnailUrl"; otherwise a link is sent.',
  },
};

/** Lints a picture, recording, film or file. */
export function lintMedia(report: Report, content: MediaContent): void {
  const { profile } = report;
  const form = profile.media[content.type];
  if (!form) {
    breach(report, "", {
      rule: `${content.type}.unsupported`,
      message: `The channel does not show what is of type "${content.type}"`,
      fix: "Expect a link in its place, or give a fallback for the channel.",
    });
    return;
  }
  const reason = whyNotShown(profile, form, content);
  if (reason === "url") {
    const fix = "Send a shorter URL; otherwise a link is sent.";
    tooLong(report, "/url", content.url, {
      limit: form.url,
      room: rooms(profile, form.url, limits.url),
      fix,
    });
  } else if (reason) breach(report, "/url", reasons[reason]);
  const { caption } = content;
  if (caption !== undefined && !isBlank(caption)) {
    if (form.caption === undefined) invisible(report, "caption", "It becomes a message of its own.");
    else {
      const room = rooms(profile, form.caption, limits.caption);
      const fix = "Shorten it; otherwise it becomes a message of its own.";
      tooLong(report, "/caption", caption, { limit: form.caption, room, fix });
    }
  }
  lintFields(report, content);
}

/** Lints a place. */
export function lintLocation(report: Report, { name, address }: LocationContent): void {
  const { profile } = report;
  const form = profile.location;
  if (!form) {
    breach(report, "", {
      rule: "location.unsupported",
      message: "The channel does not show places",
      fix: "Expect a link to a map in its place, or give a fallback for the channel.",
    });
    return;
  }
  for (const [field, text, ours] of [
    ["name", name, limits.placeName],
    ["address", address, limits.address],
  ] as const) {
    if (text === undefined || isBlank(text)) continue;
    const limit = form[field];
    if (limit === undefined) invisible(report, field, "It becomes a message of its own.");
    else {
      const fix = "Shorten it; otherwise it stands in full in a message before the place.";
      tooLong(report, `/${field}`, text, { limit, room: rooms(profile, limit, ours), fix });
    }
  }
  const given = [name, address].filter((text) => text !== undefined && !isBlank(text)).length;
  if (given === 2 || !form.both || (form.both === "together" && given === 0)) return;
  breach(report, "", {
    rule: "location.both",
    message: "The channel takes a place only with both its name and its address",
    fix: "Give both; otherwise coordinates fill the place of what is missing.",
  });
}

function lintFields(report: Report, content: MediaContent): void {
  const form = report.profile.media[content.type];
  if (content.type === "video" && content.thumbnailUrl !== undefined && !form?.thumbnail) {
    invisible(report, "thumbnailUrl", "The channel makes a still picture of its own.");
  }
  if (content.type === "file") {
    lintField(report, "filename", tellingFilename(content), form?.filename);
  }
  if (content.type === "image") lintField(report, "altText", content.altText, form?.altText);
}

function lintField(
  report: Report,
  field: "filename" | "altText",
  text: string | undefined,
  limit: Length<string> | undefined,
): void {
  if (text === undefined || isBlank(text)) return;
  if (limit === undefined) {
    invisible(report, field, "Say it in the caption, too.");
    return;
  }
  const room = rooms(report.profile, limit, limits[field]);
  tooLong(report, `/${field}`, text, { limit, room, fix: "Shorten it." });
}

/** Reports a field that the channel does not show. */
function invisible(report: Report, field: string, fix: string): void {
  breach(report, `/${field}`, {
    rule: `${field}.unsupported`,
    message: "The channel has no place for this",
    fix,
    effect: "invisible",
  });
}
