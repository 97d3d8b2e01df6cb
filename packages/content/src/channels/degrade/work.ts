import type { ChannelProfile } from "../channel-profile.ts";
import type { Answer, Notice } from "../degradation.ts";
import { type NoticeCodeName, noticeCodes } from "../notice-codes.ts";

/** What is known of an answer while a message is being changed. */
export interface OpenAnswer {
  answer: Answer;
  alias: string;
}

/** What the steps of one `degrade` share. */
export interface Work {
  readonly profile: ChannelProfile;
  readonly notices: Notice[];
  /** By value. */
  readonly answers: ReadonlyMap<string, OpenAnswer>;
  /** What may stand before an answer, by value; worked out when it is first asked for. */
  readonly numberOf: (value: string) => string;
  /** The values whose number stands in a text. */
  readonly numbered: Set<string>;
  /** The values in whose place their alias stands. */
  readonly aliased: Set<string>;
  readonly maxCards: number;
  readonly aliasPrefix: string;
  readonly aliasAll: boolean;
}

/** Ends a `degrade`: something has no form that the channel can show. */
export class Unsendable extends Error {
  override readonly name = "Unsendable";
  readonly pointer: string;
  readonly fix: string;

  constructor(pointer: string, message: string, fix: string) {
    super(message);
    this.pointer = pointer;
    this.fix = fix;
  }
}

/** Tells of a change. */
export function note(
  work: Work,
  code: NoticeCodeName,
  path: string,
  change: { from: string | number; to: string | number; extraMessages?: number },
): void {
  const { from, to, extraMessages = 0 } = change;
  const { lossy } = noticeCodes[code];
  work.notices.push({ code, path, from: String(from), to: String(to), lossy, extraMessages });
}

/** The line by which an answer is understood when it is typed. */
export function numberedLine(work: Work, value: string, label: string): string {
  work.numbered.add(value);
  return `${work.numberOf(value)}. ${label}`;
}

/** Tells that a text is left out, if it is there and there is nothing to see in it. */
export function noteBlank(work: Work, text: string | undefined, path: string): void {
  if (text !== undefined) note(work, "blank_dropped", path, { from: "blank", to: "none" });
}
