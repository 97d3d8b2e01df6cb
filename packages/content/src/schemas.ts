import * as z from "#zod";
import { limits } from "./limits.ts";
import { adaptationSchema } from "./schema/adaptation-schema.ts";
import { cardSchemas } from "./schema/card-schemas.ts";
import { deliverySchema } from "./schema/delivery-schema.ts";
import { metadataSchema } from "./schema/metadata-schema.ts";
import { repeatedValues } from "./schema/repeats.ts";
import {
  altText,
  described,
  list,
  text,
  type,
  type UrlField,
  unique,
  urlField,
} from "./schema/schema-parts.ts";
import { filenamePattern, filenameProblem, mimeTypePattern, mimeTypeProblem } from "./schema/text-rules.ts";
import type { UrlOptions } from "./schema/url-rules.ts";

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
    { id: "Content", title: "Content", description: "What the customer is shown: one of nine types." },
  );
  const message = described(
    z.strictObject({
      type: type("message"),
      content,
      metadata: z.exactOptional(metadataSchema()),
      delivery: z.exactOptional(deliverySchema()),
      adaptation: z.exactOptional(adaptationSchema(content, url)),
    }),
    { id: "MessageBody", title: "Message", description: "The body of a send." },
  );
  return { content, message };
}

/** Checks a content: its URLs are `https:`. */
export const { content: contentSchema, message: messageSchema } = createSchemas();

function caption(): z.ZodMiniString {
  return text("Text shown below.", { maxLength: limits.caption, mayBeEmpty: true });
}

function textSchema() {
  return described(
    z.strictObject({
      type: type("text"),
      text: text("The text.", { maxLength: limits.text }),
    }),
    { id: "TextContent", title: "Text", description: "Plain text." },
  );
}

function mediaSchemas(url: UrlField) {
  const image = z.strictObject({
    type: type("image"),
    url: url("Where the picture is."),
    altText: z.exactOptional(altText()),
    caption: z.exactOptional(caption()),
  });
  const audio = z.strictObject({
    type: type("audio"),
    url: url("Where the recording is."),
    caption: z.exactOptional(caption()),
  });
  const video = z.strictObject({
    type: type("video"),
    url: url("Where the film is."),
    caption: z.exactOptional(caption()),
    thumbnailUrl: z.exactOptional(url("Where a still picture is, shown until the film plays.")),
  });
  const file = z.strictObject({
    type: type("file"),
    url: url("Where the file is."),
    filename: z.exactOptional(filename()),
    mimeType: z.exactOptional(mimeType()),
    caption: z.exactOptional(caption()),
  });
  return {
    image: described(image, { id: "ImageContent", title: "Image", description: "A picture." }),
    audio: described(audio, { id: "AudioContent", title: "Audio", description: "A sound recording." }),
    video: described(video, { id: "VideoContent", title: "Video", description: "A film." }),
    file: described(file, { id: "FileContent", title: "File", description: "A file to download." }),
  };
}

function filename(): z.ZodMiniString {
  return text("The name shown and saved under; default: the last part of the URL's path.", {
    maxLength: limits.filename,
    pattern: filenamePattern,
    problem: filenameProblem,
    examples: ["invoice.pdf"],
  });
}

function mimeType(): z.ZodMiniString {
  return text("The media type.", {
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
      latitude: degrees("Degrees north; south is negative.", limits.latitude),
      longitude: degrees("Degrees east; west is negative.", limits.longitude),
      name: z.exactOptional(
        text("What the place is called.", { maxLength: limits.placeName, mayBeEmpty: true }),
      ),
      address: z.exactOptional(
        text("The address, on one line or more.", { maxLength: limits.address, mayBeEmpty: true }),
      ),
    }),
    { id: "LocationContent", title: "Location", description: "A place on earth." },
  );
}

function degrees(description: string, limit: number): z.ZodMiniNumber {
  return described(z.number().check(z.gte(-limit), z.lte(limit)), { description });
}

function quickReplySchema(url: UrlField) {
  const choice = described(
    z.strictObject({
      label: text("What the customer sees, and what the chat shows as the answer.", {
        maxLength: limits.label,
      }),
      value: text("What comes back; unique among the choices.", { maxLength: limits.payload }),
      imageUrl: z.exactOptional(url("Where a small picture for the choice is.")),
    }),
    { id: "Choice", title: "Choice", description: "One choice of a quick reply." },
  );
  return described(
    z.strictObject({
      type: type("quick-reply"),
      title: text("The question above the choices.", { maxLength: limits.question }),
      choices: list(choice, "The choices to tap.", {
        min: 1,
        max: limits.choices,
        unique: unique(repeatedValues, "Give each choice a value of its own."),
      }),
    }),
    { id: "QuickReplyContent", title: "Quick reply", description: "A question with choices to tap." },
  );
}
