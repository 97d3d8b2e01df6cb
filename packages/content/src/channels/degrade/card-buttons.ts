import type { Action, Card, PostbackAction, WebUrlAction } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { CardForm } from "../channel-profile.ts";
import { isBlank } from "../text/is-blank.ts";
import { figure, fits, type Room, rooms } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import { noteLabel, shownLabels } from "./choice-label.ts";
import { note, numberedLine, type Work } from "./work.ts";

/** An action, and where it stands in the original. */
export interface PlacedAction {
  action: Action;
  path: string;
}

/** The buttons of a card as a channel shows them, and the lines of text for the rest. */
export interface CardButtons {
  actions: Action[];
  defaultAction?: Action;
  lines: string[];
}

/** A button as it is shown, with the line of text that says in full what has no room on it. */
interface Button {
  action: Action;
  line?: string;
}

/** All that can be tapped on a card, with the tap on the card itself as a last button, unless a button does the same. */
export function allActions(work: Work, card: Card, path: string): PlacedAction[] {
  const own = (card.actions ?? []).map((action, index) => ({ action, path: `${path}/actions/${index}` }));
  const tap = card.defaultAction;
  if (!tap) return own;
  const place = `${path}/defaultAction`;
  if (own.some(({ action }) => doesSame(action, tap))) {
    note(work, "default_action_dropped", place, { from: "tap on the card", to: "none" });
    return own;
  }
  note(work, "default_action_to_button", place, { from: "tap on the card", to: "button" });
  return [...own, { action: tap, path: place }];
}

/** The buttons of a card in a form of the channel's. */
export function cardButtons(work: Work, card: Card, form: CardForm, path: string): CardButtons {
  const keepsTap = card.defaultAction !== undefined && takesTap(work, form, card.defaultAction);
  const { defaultAction, ...rest } = card;
  const all = keepsTap ? allActions(work, rest, path) : allActions(work, card, path);
  const { kept, left } = chosen(work, form, all);
  const lines = left.map(({ action }) => lineOf(work, action));
  for (const { action, path: place } of left) {
    const isLink = action.type === "web_url";
    note(work, isLink ? "url_button_to_link" : "card_buttons_overflow", place, {
      from: "button",
      to: isLink ? "link" : "numbered text",
    });
  }
  const labelled = withLabels(work, form, kept);
  return {
    actions: labelled.actions,
    ...(keepsTap && defaultAction && { defaultAction }),
    lines: [...labelled.lines, ...lines],
  };
}

/** An action as a line of text: a link, or an answer to type. */
export function lineOf(work: Work, action: Action): string {
  if (action.type === "postback") return numberedLine(work, action.payload, action.title);
  return isBlank(action.title) ? action.url : `${action.title}: ${action.url}`;
}

function chosen(
  work: Work,
  form: CardForm,
  all: readonly PlacedAction[],
): { kept: PlacedAction[]; left: PlacedAction[] } {
  const { profile } = work;
  const mayLink = form.mixed || all.every(({ action }) => action.type === "web_url");
  const rest = {
    all: figure(profile, form.buttons) ?? limits.actions,
    web_url: mayLink ? (figure(profile, form.urlButtons) ?? limits.actions) : 0,
    postback: figure(profile, form.postbacks) ?? limits.actions,
  };
  const urlRoom = rooms(profile, form.url, limits.url);
  const kept: PlacedAction[] = [];
  const left: PlacedAction[] = [];
  for (const placed of all) {
    const { action } = placed;
    const hasRoom = rest.all > 0 && rest[action.type] > 0;
    const isShown = hasRoom && (action.type === "postback" || fits(action.url, urlRoom));
    (isShown ? kept : left).push(placed);
    if (!isShown) continue;
    rest.all -= 1;
    rest[action.type] -= 1;
  }
  return { kept, left };
}

function withLabels(
  work: Work,
  form: CardForm,
  kept: readonly PlacedAction[],
): { actions: Action[]; lines: string[] } {
  const room = rooms(work.profile, form.label, limits.label);
  if (areShownAsTheyAre(kept, form, room)) return { actions: kept.map(({ action }) => action), lines: [] };
  const postbacks = kept.filter((placed): placed is { action: PostbackAction; path: string } => {
    return placed.action.type === "postback";
  });
  const choices = postbacks.map(({ action }) => ({ value: action.payload, label: action.title }));
  const shown = new Map(
    shownLabels(work, choices, room, form.uniqueLabels ?? false).map((label) => [label.value, label]),
  );
  const buttons = kept.map(({ action, path }): Button => {
    if (action.type === "web_url") return linkButton(work, action, room, path);
    const label = shown.get(action.payload);
    if (!label?.change) return { action };
    noteLabel(work, path, label);
    const button = { action: { ...action, title: label.shown } };
    return label.change === "cut"
      ? { ...button, line: numberedLine(work, action.payload, action.title) }
      : button;
  });
  return {
    actions: buttons.map(({ action }) => action),
    lines: buttons.flatMap(({ line = [] }) => line),
  };
}

function areShownAsTheyAre(kept: readonly PlacedAction[], form: CardForm, room: readonly Room[]): boolean {
  const isPlain = kept.every(({ action }) => fits(action.title, room) && !isBlank(action.title));
  return (
    isPlain &&
    (!form.uniqueLabels || new Set(kept.map(({ action }) => action.title.trim())).size === kept.length)
  );
}

function linkButton(work: Work, action: WebUrlAction, room: readonly Room[], path: string): Button {
  const { title } = action;
  if (isBlank(title)) {
    note(work, "blank_filled", path, { from: "blank", to: "arrow" });
    return { action: { ...action, title: "→" } };
  }
  if (fits(title, room)) return { action };
  const shown = cutText(title, room) || "→";
  noteLabel(work, path, { label: title, shown, change: "cut" });
  return { action: { ...action, title: shown }, line: lineOf(work, action) };
}

function takesTap(work: Work, form: CardForm, action: Action): boolean {
  if (form.defaultAction === "none") return false;
  if (action.type === "postback") return form.defaultAction === "any";
  return fits(action.url, rooms(work.profile, form.url, limits.url));
}

function doesSame(left: Action, right: Action): boolean {
  if (left.type === "postback") return right.type === "postback" && left.payload === right.payload;
  return right.type === "web_url" && left.url === right.url;
}
