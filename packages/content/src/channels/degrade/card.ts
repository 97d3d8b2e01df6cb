import type { Card, CardContent, CardImage, Content, ImageContent, PostbackAction } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { CardForm } from "../channel-profile.ts";
import { isBlank } from "../text/is-blank.ts";
import { fits, rooms } from "../text/room.ts";
import { allActions, cardButtons, lineOf } from "./card-buttons.ts";
import { cardText } from "./card-text.ts";
import { degradeMedia, whyNotShown } from "./media.ts";
import { hasMediaType, mediaType } from "./media-type.ts";
import { takesMediaUrl } from "./media-url.ts";
import { degradeQuestion } from "./quick-reply.ts";
import { degradeText, joined } from "./text.ts";
import { tried } from "./tried.ts";
import { note, noteBlank, type Work } from "./work.ts";

/** A card in a form of the channel's, with what it says in full where it has no room for that. */
export interface ShapedCard {
  card: Card;
  inFull?: string;
}

/** A card as the channel has it; else as picture, text and choices. */
export function degradeCard(work: Work, content: CardContent, path = ""): Content[] {
  const { type: _, ...card } = content;
  return (
    tried(work, (trial) => {
      const form = trial.profile.card;
      const shaped = form && shapeCard(trial, card, form, path);
      if (!shaped) return undefined;
      const leading = shaped.inFull === undefined ? [] : degradeText(trial, shaped.inFull, path);
      return [...leading, { type: "card", ...shaped.card }];
    }) ?? asParts(work, card, path)
  );
}

/** A card with all that a form of the channel's has; `undefined` where it needs what the card does not have. */
export function shapeCard(work: Work, card: Card, form: CardForm, path: string): ShapedCard | undefined {
  const image = cardImage(work, card.image, form, `${path}/image`);
  const { actions, defaultAction, lines } = cardButtons(work, card, form, path);
  const text = cardText(work, { card, hasImage: image !== undefined, lines, path }, form);
  if (form.requires === "button" && actions.length === 0) return undefined;
  if (form.requires === "detail" && !image && text.subtitle === undefined && actions.length === 0)
    return undefined;
  const shaped: Card = { title: text.title };
  if (text.subtitle !== undefined) shaped.subtitle = text.subtitle;
  if (image) shaped.image = image;
  if (card.actions !== undefined || actions.length > 0) shaped.actions = actions;
  if (defaultAction) shaped.defaultAction = defaultAction;
  return text.inFull === undefined ? { card: shaped } : { card: shaped, inFull: text.inFull };
}

/** Whether a channel takes a picture on a card. */
export function takesCardImage(
  { profile }: Pick<Work, "profile">,
  { url }: CardImage,
  form: CardForm,
): boolean {
  const types = profile.media.image?.mimeTypes;
  const type = mediaType(url);
  return !(types && type && !hasMediaType(types, type)) && takesMediaUrl(profile, form.imageUrl, url);
}

/** What a card says without its picture: its text, its links, and a question if there is something to answer. */
export function cardLines(
  work: Work,
  card: Card,
  path: string,
): { text: string; postbacks: PostbackPlace[] } {
  const all = allActions(work, card, path);
  const links = all.filter(({ action }) => action.type === "web_url");
  for (const { path: place } of links)
    note(work, "url_button_to_link", place, { from: "button", to: "link" });
  const postbacks = all.flatMap(({ action, path: place }) =>
    action.type === "postback" ? [{ action, path: place }] : [],
  );
  const text = joined([card.title, card.subtitle, ...links.map(({ action }) => lineOf(work, action))]);
  return { text, postbacks };
}

/** A button that returns something, and where it stands in the original. */
export interface PostbackPlace {
  action: PostbackAction;
  path: string;
}

function asParts(work: Work, card: Card, path: string): Content[] {
  const picture: ImageContent | undefined = card.image && { type: "image", ...card.image };
  const form = work.profile.media.image;
  const isShown = picture && form && !whyNotShown(work.profile, form, picture);
  const shown = isShown ? degradeMedia(work, picture, `${path}/image`) : [];
  if (picture && !isShown) note(work, "media_to_link", `${path}/image`, { from: "image", to: "link" });
  const { text, postbacks } = cardLines(work, card, path);
  note(work, "card_to_parts", path, {
    from: "card",
    to: postbacks.length > 0 ? "choices" : "text",
    extraMessages: isShown ? 1 : 0,
  });
  const link = picture && !isShown ? joined([picture.altText, picture.url]) : undefined;
  const title = joined([text, link]);
  if (postbacks.length === 0) return [...shown, ...degradeText(work, title === "" ? "…" : title, path)];
  const question = degradeQuestion(work, {
    title,
    choices: postbacks.map(({ action }) => ({ label: action.title, value: action.payload })),
    path,
    choicePath: (index) => postbacks[index]?.path ?? path,
  });
  return [...shown, ...question];
}

function cardImage(
  work: Work,
  image: CardImage | undefined,
  form: CardForm,
  path: string,
): CardImage | undefined {
  if (!image) return undefined;
  if (!takesCardImage(work, image, form)) {
    note(work, "image_dropped", path, { from: "picture", to: "none" });
    return undefined;
  }
  const { url, altText } = image;
  if (altText === undefined || isBlank(altText)) {
    noteBlank(work, altText, `${path}/altText`);
    return { url };
  }
  if (form.altText && fits(altText, rooms(work.profile, form.altText, limits.altText))) return image;
  note(work, "alt_text_dropped", `${path}/altText`, { from: `${altText.length} characters`, to: "none" });
  return { url };
}
