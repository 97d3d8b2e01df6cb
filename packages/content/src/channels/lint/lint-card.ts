import type { Action, Card, CarouselContent } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { CardForm } from "../channel-profile.ts";
import { takesCardImage } from "../degrade/card.ts";
import { foldedText, lineBreaks } from "../degrade/card-text.ts";
import { whyUneven } from "../degrade/carousel.ts";
import { fetchesFrom } from "../degrade/media-url.ts";
import { isBlank } from "../text/is-blank.ts";
import { figure, fits, rooms } from "../text/room.ts";
import { lintLabels, lintPayload } from "./lint-quick-reply.ts";
import { blank } from "./lint-text.ts";
import { breach, over, type Report, tooLong } from "./report.ts";

const inFull = "Shorten it; otherwise it is cut, and stands in full in a message before the card.";

/** Lints a card that stands alone. */
export function lintCard(report: Report, card: Card): void {
  const form = report.profile.card;
  if (form) {
    lintCardIn(report, card, form, "");
    return;
  }
  const fix = "Expect picture, text and choices in its place, or give a fallback for the channel.";
  breach(report, "", { rule: "card.unsupported", message: "The channel does not show cards", fix });
}

/** Lints cards side by side. */
export function lintCarousel(report: Report, { cards }: CarouselContent): void {
  const { profile } = report;
  const form = profile.carousel;
  const fix = "Expect one message a card, or one text, in its place; or give a fallback for the channel.";
  if (!form) {
    breach(report, "", {
      rule: "carousel.unsupported",
      message: "The channel does not show carousels",
      fix,
    });
    return;
  }
  const least = figure(profile, form.min) ?? 1;
  if (form.min && cards.length < least) {
    over(report, "/cards", { limit: form.min, actual: cards.length, fix: "Send a card instead." });
  }
  if (form.max !== "any" && cards.length > (figure(profile, form.max) ?? limits.cards)) {
    over(report, "/cards", { limit: form.max, actual: cards.length, fix: "Send fewer cards." });
  }
  const uneven = whyUneven(form, cards);
  if (uneven) {
    const message = `The channel takes cards side by side only where their ${uneven} are alike`;
    breach(report, "/cards", {
      rule: `carousel.${uneven}`,
      message,
      fix: `Give all cards the same ${uneven}. ${fix}`,
    });
  }
  for (const [index, card] of cards.entries()) lintCardIn(report, card, form.card, `/cards/${index}`);
}

function lintCardIn(report: Report, card: Card, form: CardForm, pointer: string): void {
  lintCardText(report, card, form, pointer);
  lintCardImage(report, card, form, pointer);
  lintButtons(report, card, form, pointer);
  const { image, subtitle, actions = [] } = card;
  const isBare = form.requires === "detail" && !image && isBlank(subtitle ?? "") && actions.length === 0;
  if (!isBare && !(form.requires === "button" && actions.length === 0)) return;
  const needs = form.requires === "button" ? "a button" : "a subtitle, a picture or a button";
  breach(report, pointer, {
    rule: `card.${form.requires}`,
    message: `The channel takes a card only with ${needs}`,
    fix: `Give it ${needs}; otherwise it becomes picture and text.`,
  });
}

function lintCardText(report: Report, card: Card, form: CardForm, pointer: string): void {
  const { profile } = report;
  const { title, subtitle, image } = card;
  if (isBlank(title)) blank(report, `${pointer}/title`);
  if (!form.body) {
    const room = rooms(profile, form.title, limits.cardTitle);
    tooLong(report, `${pointer}/title`, title, { limit: form.title, room, fix: inFull });
    const own = rooms(profile, form.subtitle, limits.subtitle);
    tooLong(report, `${pointer}/subtitle`, subtitle ?? "", { limit: form.subtitle, room: own, fix: inFull });
    return;
  }
  const limit = (image && form.bodyBesideImage) || form.body;
  const text = foldedText(title, subtitle);
  const place = subtitle === undefined ? `${pointer}/title` : `${pointer}/subtitle`;
  tooLong(report, place, text, { limit, room: rooms(profile, limit, limits.text), fix: inFull });
  const breaks = lineBreaks(text);
  if (form.lineBreaks && breaks > (figure(profile, form.lineBreaks) ?? breaks)) {
    over(report, place, { limit: form.lineBreaks, actual: breaks, fix: "Write it in fewer lines." });
  }
}

function lintCardImage(report: Report, { image }: Card, form: CardForm, pointer: string): void {
  if (!image) return;
  const room = rooms(report.profile, form.imageUrl, limits.url);
  const fix = "Send a JPEG or PNG by a shorter URL; otherwise the card has no picture.";
  tooLong(report, `${pointer}/image/url`, image.url, { limit: form.imageUrl, room, fix });
  if (!fetchesFrom(report.profile, image.url)) {
    const message = "The channel fetches pictures by https: alone";
    const byHttps = "Give an https: URL; otherwise the card has no picture.";
    breach(report, `${pointer}/image/url`, { rule: "media.protocol", message, fix: byHttps });
  } else if (fits(image.url, room) && !takesCardImage(report, image, form)) {
    const message = "The channel does not take pictures of this type";
    breach(report, `${pointer}/image/url`, { rule: "card.image", message, fix });
  }
  const { altText } = image;
  if (altText === undefined || isBlank(altText)) return;
  const place = `${pointer}/image/altText`;
  if (form.altText) {
    const own = rooms(report.profile, form.altText, limits.altText);
    tooLong(report, place, altText, { limit: form.altText, room: own, fix: "Shorten it." });
    return;
  }
  const message = "The channel has no place for what a picture shows";
  breach(report, place, {
    rule: "altText.unsupported",
    message,
    fix: "Say it in the card's text, too.",
    effect: "invisible",
  });
}

function lintButtons(report: Report, card: Card, form: CardForm, pointer: string): void {
  const { profile } = report;
  const { actions = [], defaultAction } = card;
  const place = `${pointer}/actions`;
  const fix = "Offer fewer buttons; otherwise the rest becomes text.";
  for (const [limit, count] of [
    [form.buttons, actions.length],
    [form.urlButtons, countOf(actions, "web_url")],
    [form.postbacks, countOf(actions, "postback")],
  ] as const) {
    if (limit === undefined || limit === "any" || count <= (figure(profile, limit) ?? count)) continue;
    over(report, place, { limit, actual: count, fix });
  }
  if (form.advisedButtons && actions.length > (figure(profile, form.advisedButtons) ?? actions.length)) {
    over(report, place, { limit: form.advisedButtons, actual: actions.length, fix, effect: "changed" });
  }
  if (!form.mixed && countOf(actions, "web_url") > 0 && countOf(actions, "postback") > 0) {
    const message = "The channel takes links and postbacks only on different cards";
    breach(report, place, {
      rule: "card.mixedButtons",
      message,
      fix: "Keep one kind; otherwise links become text.",
    });
  }
  for (const [index, action] of actions.entries()) lintTarget(report, action, form, `${place}/${index}`);
  lintLabels(
    report,
    actions.map(({ title }, index) => ({ label: title, pointer: `${place}/${index}/title` })),
    form,
  );
  if (defaultAction) lintTap(report, defaultAction, form, `${pointer}/defaultAction`);
}

function lintTap(report: Report, action: Action, form: CardForm, pointer: string): void {
  const isTaken = form.defaultAction === "any" || (form.defaultAction === "url" && action.type === "web_url");
  if (isTaken) {
    lintTarget(report, action, form, pointer);
    return;
  }
  breach(report, pointer, {
    rule: "card.defaultAction",
    message: "The channel does nothing of this kind at a tap on a card",
    fix: "Make it a button; otherwise it becomes one.",
    effect: "invisible",
  });
}

function lintTarget(report: Report, action: Action, form: CardForm, pointer: string): void {
  if (action.type === "postback") {
    lintPayload(report, action.payload, `${pointer}/payload`, form.payload);
    return;
  }
  const room = rooms(report.profile, form.url, limits.url);
  const fix = "Send a shorter URL; otherwise the button becomes a link in the text.";
  tooLong(report, `${pointer}/url`, action.url, { limit: form.url, room, fix });
}

function countOf(actions: readonly Action[], type: Action["type"]): number {
  return actions.filter((action) => action.type === type).length;
}
