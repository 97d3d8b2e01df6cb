import type { TextContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import { toGsm7 } from "../text/gsm7.ts";
import { isBlank } from "../text/is-blank.ts";
import { fits, type Room, textRooms } from "../text/room.ts";
import { segmentsOf } from "../text/segments.ts";
import { splitText } from "../text/split-text.ts";
import { note, Unsendable, type Work } from "./work.ts";

/** A text in as many messages as it needs. `path`: where it stands in the original. */
export function degradeText(work: Work, text: string, path: string): TextContent[] {
  const plain = transliterated(work, text, path);
  const parts = split(plain, roomsOfText(work), path);
  if (parts.length > 1) {
    note(work, "text_split", path, {
      from: `${plain.length} characters`,
      to: `${parts.length} messages`,
      extraMessages: parts.length - 1,
    });
  }
  return parts.map((part) => ({ type: "text", text: part }));
}

/** Texts with all that is to be said of them, as one text; without those that are absent or blank. */
export function joined(parts: readonly (string | undefined)[], separator = "\n"): string {
  return parts.filter((part) => part !== undefined && !isBlank(part)).join(separator);
}

/**
 * Divides a text so that its last part has the room of a question, and what comes before that of a text.
 *
 * @throws {Unsendable} it holds a link that has no room
 */
export function splitQuestion(work: Work, text: string, last: readonly Room[], path: string): string[] {
  if (fits(text, last) && !isBlank(text)) return [text];
  const parts = split(text, roomsOfText(work), path);
  const end = parts.pop() ?? "";
  return [...parts, ...split(end, last, path)];
}

/** The room of a text on the channel. */
function roomsOfText({ profile }: Work): Room[] {
  return textRooms(profile, profile.text.max, limits.text);
}

function split(text: string, rooms: readonly Room[], path: string): string[] {
  if (isBlank(text)) {
    throw new Unsendable(
      path,
      "There is nothing to see in this text",
      "Send a text with visible characters.",
    );
  }
  if (fits(text, rooms)) return [text];
  const parts = splitText(text, rooms);
  if (parts && parts.length > 0) return parts;
  const message = "This holds a link that is longer than a message of the channel may be";
  throw new Unsendable(path, message, "Send a shorter link.");
}

function transliterated(work: Work, text: string, path: string): string {
  if (!work.profile.segments) return text;
  const plain = toGsm7(text);
  if (plain !== text) {
    const [from, to] = [text, plain].map((version) => `${segmentsOf(work.profile, version)} segments`);
    note(work, "text_gsm_transliterated", path, { from: from ?? "", to: to ?? "" });
  }
  return plain;
}
