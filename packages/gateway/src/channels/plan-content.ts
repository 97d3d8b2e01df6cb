import type { Notice } from "@quickcard/client";
import type { Channel, Content } from "@quickcard/content";
import { type Notice as Change, type ChannelName, degrade, noticeCodes } from "@quickcard/content/channels";
import type { Plan, PlanRequest } from "./channel.ts";

/**
 * Plans a content for a channel whose limits are known: changed as the sender allows, then in the channel's own form.
 * Every value gets an alias that begins with the message's id, so that a tap tells which message was tapped.
 */
export function planContent(
  channel: Channel & ChannelName,
  { messageId, content, adaptation = {} }: PlanRequest,
  toParts: (messages: Content[]) => unknown[],
): Plan {
  const { policy, fallbacks } = adaptation;
  const degraded = degrade(content, channel, { policy, fallbacks, aliasPrefix: messageId, aliasAll: true });
  if (!degraded.ok) {
    const { code, pointer, message, fix } = degraded;
    return { kind: "refused", code, pointer, message: `${message}. ${fix}` };
  }
  // That each value has an alias is how taps are told apart here, not a change of the message.
  const notices = degraded.notices.filter(({ code }) => code !== "payload_aliased").map(toNotice);
  return {
    kind: "planned",
    rendering: { parts: toParts(degraded.messages), notices, answers: degraded.answers },
  };
}

function toNotice(change: Change): Notice {
  return { ...change, message: noticeCodes[change.code].meaning };
}
