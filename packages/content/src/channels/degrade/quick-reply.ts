import type { Choice, Content, QuickReplyContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { ChoiceForm } from "../channel-profile.ts";
import { isBlank } from "../text/is-blank.ts";
import { rooms, textRooms } from "../text/room.ts";
import { choiceFormFor } from "./choice-form.ts";
import { noteLabel, shownLabels, withNumber } from "./choice-label.ts";
import { takesMediaUrl } from "./media-url.ts";
import { degradeText, joined, splitQuestion } from "./text.ts";
import { tried } from "./tried.ts";
import { note, numberedLine, type Work } from "./work.ts";

/** A question with choices, and where its parts stand in the original. */
export interface Question {
  title: string;
  choices: readonly Choice[];
  path: string;
  /** The path of a choice, from its index. */
  choicePath: (index: number) => string;
  /** Its text holds the numbers and labels of all choices already. */
  isNumbered?: boolean;
}

/** A question in the form that the channel has for that many choices; else as numbered text. */
export function degradeQuickReply(work: Work, content: QuickReplyContent): Content[] {
  const { title, choices } = content;
  return degradeQuestion(work, { title, choices, path: "", choicePath: (index) => `/choices/${index}` });
}

/** A question made of whatever: as choices to tap where the channel has a form for them, else as numbered text. */
export function degradeQuestion(work: Work, question: Question): Content[] {
  const form = choiceFormFor(work.profile, question.choices.length);
  const messages = form && tried(work, (trial) => asChoices(trial, form, question));
  return messages ?? asNumberedText(work, question);
}

function asChoices(work: Work, form: ChoiceForm, question: Question): Content[] {
  const { profile } = work;
  const room = rooms(profile, form.label, limits.label);
  const labels = question.isNumbered
    ? question.choices.map((choice) => withNumber(work, choice, room))
    : shownLabels(work, question.choices, room, form.uniqueLabels ?? false);
  if (!question.isNumbered) {
    for (const [index, label] of labels.entries()) noteLabel(work, question.choicePath(index), label);
  }
  const inFull = question.isNumbered ? [] : labels.filter(({ change }) => change === "cut");
  const lines = inFull.map(({ value, label }) => numberedLine(work, value, label));
  const title = isBlank(question.title) ? blankTitle(work, question) : question.title;
  const body = joined([title, lines.join("\n")], "\n\n");
  const parts = splitQuestion(work, body, textRooms(profile, form.body, limits.question), question.path);
  noteForm(work, form, question, parts.length - 1);
  const choices = labels.map(({ value, shown }, index) => ({
    label: shown,
    value,
    ...icon(work, form, question, index),
  }));
  const leading = parts.slice(0, -1).map((text) => ({ type: "text" as const, text }));
  return [...leading, { type: "quick-reply", title: parts.at(-1) ?? title, choices }];
}

function noteForm(
  work: Work,
  { form }: ChoiceForm,
  { choices, path }: Question,
  extraMessages: number,
): void {
  if (form === "list")
    note(work, "qr_to_list", path, { from: counted(choices.length, "button"), to: "list" });
  if (extraMessages === 0) return;
  note(work, "text_split", `${path}/title`, {
    from: "question",
    to: `${extraMessages + 1} messages`,
    extraMessages,
  });
  if (!work.profile.choicesVanish) return;
  note(work, "qr_moved_to_last", path, { from: "the question", to: `message ${extraMessages + 1}` });
}

function icon(work: Work, form: ChoiceForm, question: Question, index: number): { imageUrl?: string } {
  const imageUrl = question.choices[index]?.imageUrl;
  if (imageUrl === undefined) return {};
  if (form.icon && takesMediaUrl(work.profile, form.icon, imageUrl)) return { imageUrl };
  note(work, "qr_icon_dropped", question.choicePath(index), { from: "picture", to: "none" });
  return {};
}

function asNumberedText(work: Work, question: Question): Content[] {
  const { title, choices, path, isNumbered } = question;
  if (isNumbered) return degradeText(work, title, path);
  const lines = choices.map(({ value, label }) => numberedLine(work, value, label));
  note(work, "qr_to_numbered_text", path, { from: counted(choices.length, "choice"), to: "numbered text" });
  for (const [index, { imageUrl }] of choices.entries()) {
    if (imageUrl === undefined) continue;
    note(work, "qr_icon_dropped", question.choicePath(index), { from: "picture", to: "none" });
  }
  return degradeText(work, joined([title, lines.join("\n")], "\n\n"), path);
}

function blankTitle(work: Work, { path }: Question): string {
  note(work, "blank_filled", `${path}/title`, { from: "blank", to: "ellipsis" });
  return "…";
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
