import * as z from "zod/mini";
import { cardSchemas } from "./card-schemas.ts";
import { limits } from "./limits.ts";
import { metadataSchema } from "./metadata-schema.ts";
import { repeatedValues } from "./repeats.ts";
import { altText, described, list, text, type, type UrlField, unique, urlField } from "./schema-parts.ts";
import { filenamePattern, filenameProblem, mimeTypePattern, mimeTypeProblem } from "./text-rules.ts";
import type { UrlOptions } from "./url-rules.ts";

/** The schemas of the nine types of content and of the message around them. */
export function createSchemas(options: UrlOptions = {}) {
  const url = urlField(options);
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

function caption(): z.ZodMiniString {
  return text("text shown below", { maxLength: limits.caption, mayBeEmpty: true });
}

function textSchema() {
  return described(
    z.strictObject({
      type: type("text"),
      text: text("the text", { maxLength: limits.text }),
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
      name: z.exactOptional(
        text("what the place is called", { maxLength: limits.placeName, mayBeEmpty: true }),
      ),
      address: z.exactOptional(
        text("the address, on one line or more", { maxLength: limits.address, mayBeEmpty: true }),
      ),
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
        maxLength: limits.label,
      }),
      value: text("what comes back; unique among the choices", { maxLength: limits.payload }),
      imageUrl: z.exactOptional(url("where a small picture for the choice is")),
    }),
    { id: "choice", title: "Choice", description: "one choice of a quick reply" },
  );
  return described(
    z.strictObject({
      type: type("quick-reply"),
      title: text("the question above the choices", { maxLength: limits.question }),
      choices: list(choice, "the choices to tap", {
        min: 1,
        max: limits.choices,
        unique: unique(repeatedValues, "Give each choice a value of its own."),
      }),
    }),
    { id: "quick-reply", title: "Quick reply", description: "a question with choices to tap" },
  );
}
