import type { Content } from "../../content.ts";
import type { ChannelName } from "../channel-name.ts";
import { channelProfiles } from "../channel-profiles.ts";
import type { Answer, Degraded, DegradeOptions, Notice, Refused } from "../degradation.ts";
import { noticeCodes } from "../notice-codes.ts";
import { aliasAt, withAliases } from "./alias.ts";
import { defaultPrefix } from "./alias-prefix.ts";
import { degradeCard } from "./card.ts";
import { degradeCarousel } from "./carousel.ts";
import { listAnswers } from "./list-answers.ts";
import { degradeLocation } from "./location.ts";
import { degradeMedia } from "./media.ts";
import { numberFinder } from "./numbering.ts";
import { degradeQuickReply } from "./quick-reply.ts";
import { degradeText } from "./text.ts";
import { Unsendable, type Work } from "./work.ts";

const defaultMaxCards = 3;
const aliasPrefixPattern = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * Turns a valid content into what a channel can show, by the chain that `docs/reference/channels.md` describes. Pure:
 * the same arguments give the same result. A content without any form on the channel is refused, with the reason.
 *
 * @throws {TypeError} `aliasPrefix` is not of its form
 */
export function degrade(
  content: Content,
  channel: ChannelName,
  options: DegradeOptions = {},
): Degraded | Refused {
  const { policy = "adapt", fallbacks = {}, aliasPrefix } = options;
  if (aliasPrefix !== undefined && !aliasPrefixPattern.test(aliasPrefix)) {
    throw new TypeError("aliasPrefix is not 1 to 40 of A-Z, a-z, 0-9, _ and -");
  }
  const adapted = adapt(content, channel, options);
  if (adapted.ok && !adapted.notices.some(({ code }) => noticeCodes[code].seen)) return adapted;
  const fallback = fallbacks[channel];
  if (fallback) return withFallback(fallback, channel, options);
  return policy === "strict" && adapted.ok ? strictly(adapted) : adapted;
}

function withFallback(fallback: Content, channel: ChannelName, options: DegradeOptions): Degraded | Refused {
  const adapted = adapt(fallback, channel, options);
  if (!adapted.ok) return adapted;
  const notice: Notice = {
    code: "fallback_used",
    path: "",
    from: "content",
    to: "fallback",
    lossy: false,
    extraMessages: 0,
  };
  return { ...adapted, notices: [notice, ...adapted.notices] };
}

function strictly({ channel, notices }: Degraded): Refused {
  const { code = "", path = "" } = notices.find((notice) => noticeCodes[notice.code].seen) ?? {};
  return {
    ok: false,
    channel,
    code: "channel.unsupported",
    pointer: path,
    message: `The channel "${channel}" cannot show this as it is (${code}), and the message asks for no change`,
    fix: 'Shorten or simplify it, give a fallback for the channel, or send it with the policy "adapt".',
  };
}

function adapt(content: Content, channel: ChannelName, options: DegradeOptions): Degraded | Refused {
  const answers = listAnswers(content);
  const work = startWork(content, channel, answers, options);
  try {
    const shown = work.profile.showsAll ? [content] : changed(work, content);
    const messages = shown.map((message) => withAliases(work, message));
    return { ok: true, channel, messages, notices: work.notices, ...answersShown(work, answers, messages) };
  } catch (error) {
    if (!(error instanceof Unsendable)) throw error;
    const { pointer, message, fix } = error;
    return { ok: false, channel, code: "channel.unsupported", pointer, message, fix };
  }
}

function startWork(
  content: Content,
  channel: ChannelName,
  answers: readonly Answer[],
  { maxCards = defaultMaxCards, aliasPrefix, aliasAll = false }: DegradeOptions,
): Work {
  const prefix = aliasPrefix ?? defaultPrefix(content);
  const open = answers.map((answer, index) => {
    return [answer.value, { answer, alias: aliasAt(prefix, index) }] as const;
  });
  return {
    profile: channelProfiles[channel],
    notices: [],
    answers: new Map(open),
    numberOf: numberFinder(answers),
    numbered: new Set(),
    aliased: new Set(),
    maxCards,
    aliasPrefix: prefix,
    aliasAll,
  };
}

function changed(work: Work, content: Content): Content[] {
  switch (content.type) {
    case "text":
      return degradeText(work, content.text, "/text");
    case "image":
    case "audio":
    case "video":
    case "file":
      return degradeMedia(work, content);
    case "location":
      return degradeLocation(work, content);
    case "quick-reply":
      return degradeQuickReply(work, content);
    case "card":
      return degradeCard(work, content);
    case "carousel":
      return degradeCarousel(work, content);
  }
}

function answersShown(
  work: Work,
  answers: readonly Answer[],
  messages: readonly Content[],
): Pick<Degraded, "answers" | "aliases"> {
  const shown = new Map(messages.flatMap(listAnswers).map(({ value, label }) => [value, label]));
  const aliases: Record<string, string> = {};
  const changed = answers.map((answer): Answer => {
    const open = work.answers.get(answer.value);
    const alias = open && work.aliased.has(answer.value) ? open.alias : undefined;
    if (alias !== undefined) aliases[alias] = answer.value;
    const label = shown.get(alias ?? answer.value);
    return {
      ...answer,
      ...(label !== undefined && label !== answer.label && { shown: label }),
      ...(work.numbered.has(answer.value) && { number: work.numberOf(answer.value) }),
      ...(alias !== undefined && { alias }),
    };
  });
  return { answers: changed, aliases };
}
