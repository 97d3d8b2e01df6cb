import type { AdaptationPolicy } from "../adaptation-options.ts";
import type { Content } from "../content.ts";
import type { ChannelName } from "./channel-name.ts";
import type { NoticeCodeName } from "./notice-codes.ts";

/** A change made so that a channel can show a message. It holds no text of the message. */
export interface Notice {
  code: NoticeCodeName;
  /** Where in the original, as a JSON pointer (RFC 6901). */
  path: string;
  /** What it was: a form, or a figure with its unit. */
  from: string;
  /** What it is now. */
  to: string;
  /** Something that the customer could have seen or done is lost. */
  lossy: boolean;
  /** Messages that the change adds. */
  extraMessages: number;
}

/** An answer that a message asks for: a choice, or a button that returns something. */
export interface Answer {
  /** What comes back: the `value` of a choice, the `payload` of a postback. */
  value: string;
  /** What stands on it in the original. */
  label: string;
  /** What stands on it in the degraded form, where that differs. */
  shown?: string;
  /** The number that stands before it in the degraded form, by which it may be answered. */
  number?: string;
  /** What the channel sends back for it in place of its value. */
  alias?: string;
  kind: "quick-reply" | "postback";
  /** Where in the original, as a JSON pointer. */
  path: string;
  /** The card's index in a carousel. */
  card?: number;
  /** The index of the choice or button; -1 for the tap on a card. */
  choice: number;
}

/** What a channel is given in place of a content. */
export interface Degraded {
  ok: true;
  channel: ChannelName;
  /** One or more messages, in order; each is valid and can be shown by the channel as it is. */
  messages: Content[];
  notices: Notice[];
  /** Every answer that the messages ask for, in the order of the original. */
  answers: Answer[];
  /** The value that each alias stands for. */
  aliases: Record<string, string>;
}

/** Why a content cannot be sent, and what would help. */
export interface Refused {
  ok: false;
  channel: ChannelName;
  code: "channel.unsupported";
  /** Where in the original, as a JSON pointer. */
  pointer: string;
  /** What cannot be shown. It holds no text of the message. */
  message: string;
  fix: string;
}

/** What a sender wants where a channel cannot show a content as it is. */
export interface DegradeOptions {
  /** `adapt`: it is changed. `strict`: it is refused. Default: `adapt`. */
  policy?: AdaptationPolicy | undefined;
  /** Contents to send instead, by channel, where the original would be changed in a way that a customer sees. */
  fallbacks?: { readonly [Channel in ChannelName]?: Content } | undefined;
  /** The most messages that a carousel may become; above that it becomes one text. Default: 3. */
  maxCards?: number | undefined;
  /**
   * What an alias begins with, such as the message's id: 1 to 40 of `A-Z`, `a-z`, `0-9`, `_`, `-`. An alias is the
   * prefix, a dot and the index of the answer. Default: made of the content, the same for the same content.
   */
  aliasPrefix?: string | undefined;
  /** Whether every value gets an alias, so that a tap tells which message it belongs to. Default: `false`. */
  aliasAll?: boolean | undefined;
}
