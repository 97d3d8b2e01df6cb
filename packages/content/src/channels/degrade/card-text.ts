import type { Card } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { CardForm } from "../channel-profile.ts";
import { isBlank } from "../text/is-blank.ts";
import { figure, fits, type Room, rooms } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import { joined } from "./text.ts";
import { note, noteBlank, type Work } from "./work.ts";

/** What a card says, as a channel shows it. */
export interface CardText {
  title: string;
  subtitle?: string;
  /** All that is said, where the card has no room for it. */
  inFull?: string;
}

/** Title and subtitle as one text, where a channel has no title; the title is marked by an asterisk on each side. */
export function foldedText(title: string, subtitle: string | undefined): string {
  return joined([`*${title}*`, subtitle]);
}

/** What is to be said on a card. */
export interface Saying {
  card: Pick<Card, "title" | "subtitle">;
  hasImage: boolean;
  /** Lines of text for what is no button. */
  lines: readonly string[];
  path: string;
}

/** What a card says in the room that a form of the channel's has. */
export function cardText(work: Work, saying: Saying, form: CardForm): CardText {
  const { path, lines, hasImage } = saying;
  const { title, subtitle } = withoutBlanks(work, saying.card, path);
  const text = lines.length === 0 ? (subtitle ?? "") : joined([subtitle, ...lines]);
  const shown = form.body
    ? folded(work, form, { title, text, hasImage, path })
    : besideTitle(work, form, title, text);
  if (shown.isWhole) return withSubtitle(shown.title, shown.subtitle);
  const said = joined([title, text]);
  const cut = withSubtitle(shown.title, form.body ? shown.subtitle : cutSubtitle(work, form, subtitle));
  note(work, "card_text_split", path, {
    from: `${said.length} characters`,
    to: "message before the card",
    extraMessages: 1,
  });
  return { ...cut, inFull: said };
}

function folded(
  work: Work,
  form: CardForm,
  card: { title: string; text: string; hasImage: boolean; path: string },
): { title: string; subtitle: string; isWhole: boolean } {
  note(work, "card_title_folded", `${card.path}/title`, { from: "title", to: "text" });
  const room = bodyRooms(work, form, card.hasImage);
  const breaks = figure(work.profile, form.lineBreaks);
  const isTall = breaks !== undefined && lineBreaks(foldedText(card.title, card.text)) > breaks;
  const title = isTall ? onOneLine(card.title) : card.title;
  const text = isTall ? onOneLine(card.text) : card.text;
  const subtitleRoom = { max: limits.subtitle };
  if (fits(foldedText(title, text), room) && fits(text, [subtitleRoom])) {
    return { title, subtitle: text, isWhole: true };
  }
  const marks = 3;
  const shortTitle = cutText(title, lessened(room, marks)) || "…";
  const left = lessened(room, shortTitle.length * bytesPerUnit(room) + marks);
  const hasRoom = left.every(({ max }) => max > 1);
  return {
    title: shortTitle,
    subtitle: hasRoom ? cutText(text, [...left, subtitleRoom]) : "",
    isWhole: false,
  };
}

/** The room of title and subtitle together. */
function bodyRooms({ profile }: Work, form: CardForm, hasImage: boolean): Room[] {
  return rooms(profile, (hasImage && form.bodyBesideImage) || form.body, limits.text);
}

/** The line breaks of a text. */
export function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}

function besideTitle(
  work: Work,
  form: CardForm,
  title: string,
  text: string,
): { title: string; subtitle: string; isWhole: boolean } {
  const titleRoom = rooms(work.profile, form.title, limits.cardTitle);
  const isWhole = fits(title, titleRoom) && fits(text, subtitleRooms(work, form));
  return { title: cutText(title, titleRoom) || "…", subtitle: text, isWhole };
}

function cutSubtitle(work: Work, form: CardForm, subtitle: string | undefined): string {
  return cutText(subtitle ?? "", subtitleRooms(work, form));
}

function subtitleRooms({ profile }: Work, form: CardForm): Room[] {
  return rooms(profile, form.subtitle, limits.subtitle);
}

function withSubtitle(title: string, subtitle: string): CardText {
  return isBlank(subtitle) ? { title } : { title, subtitle };
}

function withoutBlanks(work: Work, { title, subtitle }: Saying["card"], path: string): Saying["card"] {
  const hasSubtitle = subtitle !== undefined && !isBlank(subtitle);
  if (!hasSubtitle) noteBlank(work, subtitle, `${path}/subtitle`);
  const rest = hasSubtitle ? { subtitle } : {};
  if (!isBlank(title)) return { title, ...rest };
  note(work, "blank_filled", `${path}/title`, { from: "blank", to: "ellipsis" });
  return { title: "…", ...rest };
}

function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

function lessened(all: readonly Room[], by: number): Room[] {
  return all.map((room) => ({ ...room, max: room.max - by }));
}

function bytesPerUnit(all: readonly Room[]): number {
  return all.some(({ cost }) => cost !== undefined) ? 3 : 1;
}
