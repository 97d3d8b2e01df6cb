import type { Content } from "@quickcard/content";
import type { channelProfiles, Degraded, noticeCodes, Refused } from "@quickcard/content/channels";
import type { Output } from "../output.ts";
import { type TerminalText, text } from "../terminal-text.ts";

/** What is known of channels; loaded when it is needed. */
export interface ChannelKnowledge {
  readonly channelProfiles: typeof channelProfiles;
  readonly noticeCodes: typeof noticeCodes;
}

/** Shows in a terminal what a channel makes of a message, and what was changed. */
export function showPreview(
  result: Degraded | Refused,
  { channelProfiles, noticeCodes }: ChannelKnowledge,
  { say, style }: Output,
): void {
  const { title } = channelProfiles[result.channel];
  if (!result.ok) {
    say(text`${style.bold(title)} ${style.red("cannot be shown")}: ${result.message}. ${result.fix}`);
    return;
  }
  const { messages, notices } = result;
  say(
    text`${style.bold(title)} ${style.dim(`${messages.length} message${messages.length === 1 ? "" : "s"}`)}`,
  );
  for (const message of messages) for (const line of linesOf(message)) say(text`  ${style.dim("│")} ${line}`);
  for (const { code, path, lossy } of notices) {
    const mark: TerminalText = lossy ? style.yellow("!") : style.green("✓");
    say(text`  ${mark} ${noticeCodes[code].meaning} ${style.dim(path)}`);
  }
  say(text``);
}

type Lines = { [Type in Content["type"]]: (content: Extract<Content, { type: Type }>) => string[] };

const lines: Lines = {
  text: (content) => content.text.split("\n"),
  image: ({ url, altText, caption }) => media("picture", url, altText, caption),
  audio: ({ url, caption }) => media("recording", url, caption),
  video: ({ url, caption }) => media("film", url, caption),
  file: ({ url, filename, caption }) => media("file", filename ?? url, caption),
  location: ({ latitude, longitude, name, address }) =>
    media("place", `${latitude}, ${longitude}`, name, address),
  "quick-reply": ({ title, choices }) => [
    ...title.split("\n"),
    choices.map(({ label }) => `( ${label} )`).join(" "),
  ],
  card: cardLines,
  carousel: ({ cards }) =>
    cards.flatMap((card, index) => [`· ${index + 1} of ${cards.length}`, ...cardLines(card)]),
};

function linesOf(content: Content): string[] {
  return (lines[content.type] as (content: Content) => string[])(content);
}

function media(kind: string, ...words: (string | undefined)[]): string[] {
  const [first = "", ...others] = words.filter((word) => word !== undefined && word !== "") as string[];
  return [`[${kind}] ${first}`, ...others.flatMap((other) => other.split("\n"))];
}

function cardLines({
  title,
  subtitle,
  image,
  actions = [],
}: Extract<Content, { type: "card" }> | Extract<Content, { type: "carousel" }>["cards"][number]): string[] {
  return [
    ...(image ? [`[picture] ${image.altText || image.url}`] : []),
    title,
    ...(subtitle?.split("\n") ?? []),
    ...actions.map((action) => `[ ${action.title} ]${action.type === "web_url" ? ` ${action.url}` : ""}`),
  ];
}
