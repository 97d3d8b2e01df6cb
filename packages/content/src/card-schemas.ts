import * as z from "zod/mini";
import { limits } from "./limits.ts";
import { repeatedPayloads, repeatedPayloadsOfCards } from "./repeats.ts";
import { altText, described, list, text, type, type UrlField, unique } from "./schema-parts.ts";

/** The schemas of a card and of a carousel. */
export function cardSchemas(url: UrlField) {
  const action = actionSchema(url);
  const body = {
    title: text("the heading", { maxLength: limits.cardTitle }),
    subtitle: z.exactOptional(
      text("the text below the heading", { maxLength: limits.subtitle, mayBeEmpty: true }),
    ),
    image: z.exactOptional(cardImageSchema(url)),
    actions: z.exactOptional(list(action, "the buttons", { max: limits.actions })),
    defaultAction: z.exactOptional(action),
  };
  const card = z
    .strictObject({ type: type("card"), ...body })
    .check(unique(repeatedPayloads, "Give each postback a payload of its own."));
  const cardBody = described(z.strictObject(body), {
    id: "card-body",
    title: "Card of a carousel",
    description: "a card: picture, title, subtitle and buttons",
  });
  const carousel = z.strictObject({
    type: type("carousel"),
    cards: list(cardBody, "the cards, without a type of their own", {
      min: 1,
      max: limits.cards,
      unique: unique(repeatedPayloadsOfCards, "Give each postback a payload of its own, over all cards."),
    }),
  });
  return {
    card: described(card, {
      id: "card",
      title: "Card",
      description: "a card: picture, title, subtitle and buttons",
    }),
    carousel: described(carousel, { id: "carousel", title: "Carousel", description: "cards side by side" }),
  };
}

function cardImageSchema(url: UrlField) {
  return described(
    z.strictObject({ url: url("where the picture is"), altText: z.exactOptional(altText()) }),
    { id: "card-image", title: "Card image", description: "the picture of a card" },
  );
}

function actionSchema(url: UrlField) {
  const title = () => text("what stands on the button", { maxLength: limits.label });
  const postback = z.strictObject({
    type: type("postback"),
    title: title(),
    payload: text("what comes back; unique among the postbacks of a message", {
      maxLength: limits.payload,
    }),
  });
  const webUrl = z.strictObject({ type: type("web_url"), title: title(), url: url("the page to open") });
  return described(
    z.discriminatedUnion("type", [
      described(postback, {
        id: "postback",
        title: "Postback",
        description: "a button that returns its payload",
      }),
      described(webUrl, { id: "web_url", title: "Web link", description: "a button that opens a page" }),
    ]),
    { id: "action", title: "Action", description: "what a tap does: send something back, or open a page" },
  );
}
