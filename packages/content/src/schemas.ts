import * as z from "zod/mini";
import { limits } from "./limits.ts";
import { repeatedPayloads, repeatedPayloadsOfCards, repeatedValues } from "./repeats.ts";
import { described, text, unique } from "./schema-parts.ts";
import {
  filenamePattern,
  filenameProblem,
  mimeTypePattern,
  mimeTypeProblem,
  textPattern,
} from "./text-rules.ts";
import { type UrlOptions, urlPattern, urlProblem } from "./url-rules.ts";

type UrlField = (description: string) => z.ZodMiniString;

/** The schemas of the nine types of content and of the message around them. */
export function createSchemas(options: UrlOptions = {}) {
  const url: UrlField = (description) =>
    text(description, {
      maxLength: limits.url,
      pattern: urlPattern,
      problem: (value) => urlProblem(value, options),
    });
  const media = mediaSchemas(url);
  const cards = cardSchemas(url);
  const content = described(
    z.discriminatedUnion("type", [
      textSchema(),
      media.image,
      media.audio,
      media.video,
      media.file,
      locationSchema(),
      quickReplySchema(url),
      cards.card,
      cards.carousel,
    ]),
    { id: "content", title: "Content", description: "what the customer is shown: one of nine types" },
  );
  const message = described(
    z.strictObject({
      type: type("message"),
      content,
      metadata: z.exactOptional(metadataSchema()),
    }),
    { id: "message", title: "Message", description: "the body of a send" },
  );
  return { content, message };
}

/** Checks a content: its URLs are `https:`. */
export const { content: contentSchema, message: messageSchema } = createSchemas();

function type<const Name extends string>(name: Name): z.ZodMiniLiteral<Name> {
  return described(z.literal(name), { description: `always "${name}"` });
}

function caption(): z.ZodMiniString {
  return text("text shown below", { maxLength: limits.caption });
}

function altText(): z.ZodMiniString {
  return text("what the picture shows, for those who cannot see it", { maxLength: limits.altText });
}

function textSchema() {
  return described(
    z.strictObject({
      type: type("text"),
      text: text("the text", { minLength: 1, maxLength: limits.text }),
    }),
    { id: "text", title: "Text", description: "plain text" },
  );
}

function mediaSchemas(url: UrlField) {
  const image = z.strictObject({
    type: type("image"),
    url: url("where the picture is"),
    altText: z.exactOptional(altText()),
    caption: z.exactOptional(caption()),
  });
  const audio = z.strictObject({
    type: type("audio"),
    url: url("where the recording is"),
    caption: z.exactOptional(caption()),
  });
  const video = z.strictObject({
    type: type("video"),
    url: url("where the film is"),
    caption: z.exactOptional(caption()),
    thumbnailUrl: z.exactOptional(url("where a still picture is, shown until the film plays")),
  });
  const file = z.strictObject({
    type: type("file"),
    url: url("where the file is"),
    filename: z.exactOptional(filename()),
    mimeType: z.exactOptional(mimeType()),
    caption: z.exactOptional(caption()),
  });
  return {
    image: described(image, { id: "image", title: "Image", description: "a picture" }),
    audio: described(audio, { id: "audio", title: "Audio", description: "a sound recording" }),
    video: described(video, { id: "video", title: "Video", description: "a film" }),
    file: described(file, { id: "file", title: "File", description: "a file to download" }),
  };
}

function filename(): z.ZodMiniString {
  return text("the name shown and saved under; default: the last part of the URL's path", {
    minLength: 1,
    maxLength: limits.filename,
    pattern: filenamePattern,
    problem: filenameProblem,
    examples: ["invoice.pdf"],
  });
}

function mimeType(): z.ZodMiniString {
  return text("the media type", {
    maxLength: limits.mimeType,
    pattern: mimeTypePattern,
    problem: mimeTypeProblem,
    examples: ["application/pdf"],
  });
}

function locationSchema() {
  return described(
    z.strictObject({
      type: type("location"),
      latitude: degrees("degrees north; south is negative", limits.latitude),
      longitude: degrees("degrees east; west is negative", limits.longitude),
      name: z.exactOptional(text("what the place is called", { maxLength: limits.placeName })),
      address: z.exactOptional(text("the address, on one line or more", { maxLength: limits.address })),
    }),
    { id: "location", title: "Location", description: "a place on earth" },
  );
}

function degrees(description: string, limit: number): z.ZodMiniNumber {
  return described(z.number().check(z.gte(-limit), z.lte(limit)), { description });
}

function quickReplySchema(url: UrlField) {
  const choice = described(
    z.strictObject({
      label: text("what the customer sees, and what the chat shows as the answer", {
        minLength: 1,
        maxLength: limits.label,
      }),
      value: text("what comes back; unique among the choices", { minLength: 1, maxLength: limits.payload }),
      imageUrl: z.exactOptional(url("where a small picture for the choice is")),
    }),
    { id: "choice", title: "Choice", description: "one choice of a quick reply" },
  );
  const choices = z
    .array(choice)
    .check(
      z.minLength(1),
      z.maxLength(limits.choices),
      unique(repeatedValues, "Give each choice a value of its own."),
    );
  return described(
    z.strictObject({
      type: type("quick-reply"),
      title: text("the question above the choices", { minLength: 1, maxLength: limits.question }),
      choices: described(choices, { description: "the choices to tap" }),
    }),
    { id: "quick-reply", title: "Quick reply", description: "a question with choices to tap" },
  );
}

function cardSchemas(url: UrlField) {
  const action = actionSchema(url);
  const actions = z.array(action).check(z.maxLength(limits.actions));
  const body = {
    title: text("the heading", { minLength: 1, maxLength: limits.cardTitle }),
    subtitle: z.exactOptional(text("the text below the heading", { maxLength: limits.subtitle })),
    image: z.exactOptional(cardImageSchema(url)),
    actions: z.exactOptional(described(actions, { description: "the buttons" })),
    defaultAction: z.exactOptional(action),
  };
  const card = z
    .strictObject({ type: type("card"), ...body })
    .check(unique(repeatedPayloads, "Give each postback a payload of its own."));
  const cards = z
    .array(
      described(z.strictObject(body), {
        id: "card-body",
        title: "Card of a carousel",
        description: "a card: picture, title, subtitle and buttons",
      }),
    )
    .check(
      z.minLength(1),
      z.maxLength(limits.cards),
      unique(repeatedPayloadsOfCards, "Give each postback a payload of its own, over all cards."),
    );
  const carousel = z.strictObject({
    type: type("carousel"),
    cards: described(cards, { description: "the cards, without a type of their own" }),
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
  const title = () => text("what stands on the button", { minLength: 1, maxLength: limits.label });
  const postback = z.strictObject({
    type: type("postback"),
    title: title(),
    payload: text("what comes back; unique among the postbacks of a message", {
      minLength: 1,
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

function metadataSchema() {
  const value = text("a text", { maxLength: limits.metadataValue });
  const key = text("a name", { minLength: 1, maxLength: limits.metadataKey });
  const entries = z.record(key, value).check(
    z.check<Record<string, string>>(({ value: metadata, issues }) => {
      if (Object.keys(metadata).length <= limits.metadataEntries) return;
      issues.push({
        code: "too_big",
        origin: "record",
        maximum: limits.metadataEntries,
        inclusive: true,
        input: metadata,
      });
    }),
  );
  return described(entries, {
    id: "metadata",
    title: "Metadata",
    description: "names and texts of the sender's own, echoed in status, history and events",
    maxProperties: limits.metadataEntries,
    propertyNames: { minLength: 1, maxLength: limits.metadataKey, pattern: textPattern },
  });
}
