import * as z from "#zod";
import { limits } from "../limits.ts";
import { repeatedPayloads, repeatedPayloadsOfCards } from "./repeats.ts";
import { altText, described, list, text, type, type UrlField, unique } from "./schema-parts.ts";

/** The schemas of a card and of a carousel. */
export function cardSchemas(url: UrlField) {
  const action = actionSchema(url);
  const body = {
    title: text("The heading.", { maxLength: limits.cardTitle }),
    subtitle: z.exactOptional(
      text("The text below the heading.", { maxLength: limits.subtitle, mayBeEmpty: true }),
    ),
    image: z.exactOptional(cardImageSchema(url)),
    actions: z.exactOptional(list(action, "The buttons.", { max: limits.actions })),
    defaultAction: z.exactOptional(action),
  };
  const card = z
    .strictObject({ type: type("card"), ...body })
    .check(unique(repeatedPayloads, "Give each postback a payload of its own."));
  const cardBody = described(z.strictObject(body), {
    id: "Card",
    title: "Card of a carousel",
    description: "A card: picture, title, subtitle and buttons.",
  });
  const carousel = z.strictObject({
    type: type("carousel"),
    cards: list(cardBody, "The cards, without a type of their own.", {
      min: 1,
      max: limits.cards,
      unique: unique(repeatedPayloadsOfCards, "Give each postback a payload of its own, over all cards."),
    }),
  });
  return {
    card: described(card, {
      id: "CardContent",
      title: "Card",
      description: "A card: picture, title, subtitle and buttons.",
    }),
    carousel: described(carousel, {
      id: "CarouselContent",
      title: "Carousel",
      description: "Cards side by side.",
    }),
  };
}

function cardImageSchema(url: UrlField) {
  return described(
    z.strictObject({ url: url("Where the picture is."), altText: z.exactOptional(altText()) }),
    { id: "CardImage", title: "Card image", description: "The picture of a card." },
  );
}

function actionSchema(url: UrlField) {
  const title = () => text("What stands on the button.", { maxLength: limits.label });
  const postback = z.strictObject({
    type: type("postback"),
    title: title(),
    payload: text("What comes back; unique among the postbacks of a message.", {
      maxLength: limits.payload,
    }),
  });
  const webUrl = z.strictObject({ type: type("web_url"), title: title(), url: url("The page to open.") });
  return described(
    z.discriminatedUnion("type", [
      described(postback, {
        id: "PostbackAction",
        title: "Postback",
        description: "A button that returns its payload.",
      }),
      described(webUrl, {
        id: "WebUrlAction",
        title: "Web link",
        description: "A button that opens a page.",
      }),
    ]),
    { id: "Action", title: "Action", description: "What a tap does: send something back, or open a page." },
  );
}
