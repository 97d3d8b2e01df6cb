import type { Content } from "@quickcard/content";
import type { channelProfiles, Degraded, noticeCodes, Refused } from "@quickcard/content/channels";
import { Help } from "commander";
import { counted } from "../terminal/counted.ts";
import type { Output } from "../terminal/output.ts";
import { type TerminalText, text } from "../terminal/terminal-text.ts";
import { contentLines } from "./content-lines.ts";

/** What is known of channels; loaded when it is needed. */
export interface ChannelKnowledge {
  readonly channelProfiles: typeof channelProfiles;
  readonly noticeCodes: typeof noticeCodes;
}

/** Shows in a terminal of so many columns what a channel makes of a message, and what was changed. */
export function showPreview(
  result: Degraded | Refused,
  { channelProfiles, noticeCodes }: ChannelKnowledge,
  { say, style }: Output,
  columns: number,
): void {
  const { title } = channelProfiles[result.channel];
  const show = (mark: TerminalText, words: string): void => {
    for (const [index, line] of wrapped(words, columns - indent).entries())
      say(text`  ${index === 0 ? mark : " "} ${line}`);
  };
  if (result.ok) {
    const { messages, notices } = result;
    say(text`${style.bold(title)}  ${style.dim(counted(messages.length, "message"))}`);
    for (const [index, message] of messages.entries()) {
      if (index > 0) say(text``);
      for (const line of bubbleLines(message, columns)) say(text`  ${style.dim("│")} ${line}`);
    }
    for (const { code, path, lossy } of notices)
      show(lossy ? style.yellow("!") : style.green("✓"), `${noticeCodes[code].meaning} ${path}`.trimEnd());
  } else {
    say(text`${style.bold(title)}  ${style.red("cannot be shown")}`);
    show(style.red("✗"), `${result.message}. ${result.fix}`);
  }
  say(text``);
}

/** What stands before each line: the margin, the mark, and a space. */
const indent = 4;

function bubbleLines(message: Content, columns: number): string[] {
  return contentLines(message).flatMap((line) => wrapped(line, columns - indent));
}

/** Links stay whole, however long, so that they can be followed and copied. */
function wrapped(line: string, columns: number): string[] {
  return new Help().boxWrap(line, columns).split("\n");
}
