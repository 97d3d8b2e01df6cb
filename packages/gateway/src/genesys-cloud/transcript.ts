import type { Content } from "@quickcard/content";
import { contentText } from "./content-text.ts";

/** The longest text that an agentless message takes: `SendAgentlessOutboundMessageRequest.textBody`. */
const longestText = 2000;

/** The last line of a text that we put into the transcript. No time and no text can tell its echo as surely. */
const markForm = /\n\(quickcard ([A-Za-z0-9_-]{22})\)\s*$/;

/**
 * What agents read of a message that a program sent: its text, and a mark by which the echo of it is known among what
 * agents write, in whatever order echo and answer come.
 */
export function transcriptText(messageId: string, content: Content): string {
  const mark = `\n(quickcard ${toMark(messageId)})`;
  const words = contentText(content);
  const room = longestText - mark.length;
  return (words.length <= room ? words : `${cut(words, room - 1)}…`) + mark;
}

/** The id of the message whose text in the transcript this is; `undefined` where somebody else wrote it. */
export function markedMessageId(text: string | undefined): string | undefined {
  const mark = markForm.exec(text ?? "")?.[1];
  return mark === undefined ? undefined : fromMark(mark);
}

/** Never between the halves of a character. */
function cut(words: string, length: number): string {
  const last = words.charCodeAt(length - 1);
  return words.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}

function toMark(messageId: string): string {
  return Buffer.from(messageId.replaceAll("-", ""), "hex").toString("base64url");
}

function fromMark(mark: string): string | undefined {
  const hex = Buffer.from(mark, "base64url").toString("hex");
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex);
  return parts ? parts.slice(1).join("-") : undefined;
}
