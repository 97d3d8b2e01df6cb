import type { Card, CarouselContent, Choice, Content } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { CarouselForm } from "../channel-profile.ts";
import { figure } from "../text/room.ts";
import { cardLines, degradeCard, type PostbackPlace, type ShapedCard, shapeCard } from "./card.ts";
import { degradeQuestion } from "./quick-reply.ts";
import { degradeText, joined } from "./text.ts";
import { tried } from "./tried.ts";
import { note, numberedLine, type Work } from "./work.ts";

type Attempt = (work: Work, cards: readonly Card[]) => Content[] | undefined;

/** The forms of a carousel, in the order in which they are tried. */
const forms: readonly Attempt[] = [asSingleCard, asCarousel, asList, asCards];

/** Cards side by side where the channel has that; else as a list, one by one, or as one text. */
export function degradeCarousel(work: Work, { cards }: CarouselContent): Content[] {
  for (const form of forms) {
    const messages = tried(work, (trial) => form(trial, cards));
    if (messages) return messages;
  }
  return asDigest(work, cards);
}

/** The path of a card in the original. */
function pathOf(index: number): string {
  return `/cards/${index}`;
}

function asSingleCard(work: Work, cards: readonly Card[]): Content[] | undefined {
  const { carousel } = work.profile;
  const [card] = cards;
  const isTooFew = !carousel || cards.length < (figure(work.profile, carousel.min) ?? 1);
  if (!card || cards.length > 1 || !isTooFew) return undefined;
  note(work, "carousel_single_to_card", "", { from: "carousel", to: "card" });
  return degradeCard(work, { type: "card", ...card }, pathOf(0));
}

function asCarousel(work: Work, cards: readonly Card[]): Content[] | undefined {
  const form = work.profile.carousel;
  if (!form || cards.length < (figure(work.profile, form.min) ?? 1)) return undefined;
  if (cards.length > (figure(work.profile, form.max) ?? limits.cards)) return undefined;
  const shaped: ShapedCard[] = [];
  for (const [index, card] of cards.entries()) {
    const one = shapeCard(work, card, form.card, pathOf(index));
    if (!one) return undefined;
    shaped.push(one);
  }
  const shownCards = shaped.map(({ card }) => card);
  if (whyUneven(form, shownCards)) return undefined;
  return [...inFull(work, shaped), { type: "carousel", cards: shownCards }];
}

/** What keeps a form of the channel's from showing cards beside each other; `undefined`: nothing. */
export function whyUneven(
  form: CarouselForm,
  cards: readonly Card[],
): "images" | "buttons" | "subtitles" | undefined {
  const images = cards.filter(({ image }) => image).length;
  if (form.imageRequired && images < cards.length) return "images";
  if (form.uniformImages && images > 0 && images < cards.length) return "images";
  const subtitles = cards.filter(({ subtitle }) => subtitle !== undefined).length;
  if (form.uniformSubtitles && subtitles > 0 && subtitles < cards.length) return "subtitles";
  if (!form.uniform) return undefined;
  const kinds = cards.map(({ actions = [] }) =>
    form.uniform === "kind" ? actions.map(({ type }) => type).join(" ") : String(actions.length),
  );
  return new Set(kinds).size > 1 ? "buttons" : undefined;
}

/** One message for all texts that have no room on their cards. */
function inFull(work: Work, shaped: readonly ShapedCard[]): Content[] {
  const texts = shaped.map((card) => card.inFull);
  const count = texts.filter((text) => text !== undefined).length;
  if (count === 0) return [];
  // Each card has counted a message of its own.
  for (const notice of work.notices.filter(({ code }) => code === "card_text_split").slice(1)) {
    work.notices[work.notices.indexOf(notice)] = { ...notice, extraMessages: 0 };
  }
  return degradeText(work, joined(texts, "\n\n"), "");
}

function asList(work: Work, cards: readonly Card[]): Content[] | undefined {
  if (!work.profile.choices.some(({ form }) => form === "list")) return undefined;
  const all = cards.map((card, index) => ({ card, ...cardLines(work, card, pathOf(index)) }));
  if (all.some(({ postbacks }) => postbacks.length !== 1)) return undefined;
  const choices: Choice[] = all.map(({ card, postbacks }) => ({
    label: card.title,
    value: postbacks[0]?.action.payload ?? "",
  }));
  note(work, "carousel_to_list", "", { from: "carousel", to: "list" });
  const title = joined(
    all.map(({ text }) => text),
    "\n\n",
  );
  return degradeQuestion(work, { title, choices, path: "", choicePath: pathOf });
}

function asCards(work: Work, cards: readonly Card[]): Content[] | undefined {
  if (cards.length > work.maxCards) return undefined;
  const messages = cards.flatMap((card, index) =>
    degradeCard(work, { type: "card", ...card }, pathOf(index)),
  );
  const vanishes = messages.slice(0, -1).some(({ type }) => type === "quick-reply");
  if (vanishes && work.profile.choicesVanish) return undefined;
  note(work, "carousel_to_cards", "", {
    from: "carousel",
    to: `${cards.length} cards`,
    extraMessages: cards.length - 1,
  });
  return messages;
}

function asDigest(work: Work, cards: readonly Card[]): Content[] {
  const all = cards.map((card, index) => cardLines(work, card, pathOf(index)));
  const postbacks: PostbackPlace[] = all.flatMap((card) => card.postbacks);
  const text = joined(
    all.map((card) => withAnswers(work, card)),
    "\n\n",
  );
  note(work, "carousel_to_digest", "", { from: "carousel", to: "text" });
  if (postbacks.length === 0) return degradeText(work, text, "");
  return degradeQuestion(work, {
    title: text,
    choices: postbacks.map(({ action }) => ({ label: action.title, value: action.payload })),
    path: "",
    choicePath: (index) => postbacks[index]?.path ?? "",
    isNumbered: true,
  });
}

function withAnswers(
  work: Work,
  { text, postbacks }: { text: string; postbacks: readonly PostbackPlace[] },
): string {
  return joined([text, ...postbacks.map(({ action }) => numberedLine(work, action.payload, action.title))]);
}
