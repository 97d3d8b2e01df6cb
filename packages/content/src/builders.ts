import type {
  AudioContent,
  Card,
  CardContent,
  CarouselContent,
  Choice,
  Content,
  FileContent,
  ImageContent,
  LocationContent,
  PostbackAction,
  QuickReplyContent,
  TextContent,
  VideoContent,
  WebUrlAction,
} from "./content.ts";
import type { MessageBody } from "./message-body.ts";

/** A value as a builder takes it: read-only data will do, and an optional field may hold `undefined`. */
export type BuilderInput<Value> = Value extends string | number
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly BuilderInput<Element>[]
    : {
        readonly [Key in keyof Value]: Record<never, never> extends Pick<Value, Key>
          ? BuilderInput<Value[Key]> | undefined
          : BuilderInput<Value[Key]>;
      };

/** Plain text. */
export function text(value: string): TextContent {
  return { type: "text", text: value };
}

/** A picture. */
export function image(
  url: string,
  options: BuilderInput<Omit<ImageContent, "type" | "url">> = {},
): ImageContent {
  return copyOf<ImageContent>({ type: "image", url, ...options });
}

/** A sound recording. */
export function audio(
  url: string,
  options: BuilderInput<Omit<AudioContent, "type" | "url">> = {},
): AudioContent {
  return copyOf<AudioContent>({ type: "audio", url, ...options });
}

/** A film. */
export function video(
  url: string,
  options: BuilderInput<Omit<VideoContent, "type" | "url">> = {},
): VideoContent {
  return copyOf<VideoContent>({ type: "video", url, ...options });
}

/** A file to download. */
export function file(
  url: string,
  options: BuilderInput<Omit<FileContent, "type" | "url">> = {},
): FileContent {
  return copyOf<FileContent>({ type: "file", url, ...options });
}

/** A place on earth; its fields are named, so that latitude and longitude are not swapped. */
export function location(place: BuilderInput<Omit<LocationContent, "type">>): LocationContent {
  return copyOf<LocationContent>({ type: "location", ...place });
}

/** A question with choices to tap. */
export function quickReply(title: string, choices: readonly BuilderInput<Choice>[]): QuickReplyContent {
  return copyOf<QuickReplyContent>({ type: "quick-reply", title, choices });
}

/** A card: picture, title, subtitle and buttons. */
export function card(body: BuilderInput<Card>): CardContent {
  return copyOf<CardContent>({ type: "card", ...body });
}

/** Cards side by side, from card bodies or from what `card()` returned. */
export function carousel(cards: readonly BuilderInput<Card | CardContent>[]): CarouselContent {
  return copyOf<CarouselContent>({ type: "carousel", cards: cards.map(withoutType) });
}

/** A button that returns `payload` to the program. */
export function postback(title: string, payload: string): PostbackAction {
  return { type: "postback", title, payload };
}

/** A button that opens a page in a browser. */
export function webUrl(title: string, url: string): WebUrlAction {
  return { type: "web_url", title, url };
}

/** The whole body of a send. */
export function message(
  content: BuilderInput<Content>,
  options: { readonly metadata?: Readonly<Record<string, string>> | undefined } = {},
): MessageBody {
  return copyOf<MessageBody>({ type: "message", content, metadata: options.metadata });
}

function withoutType(body: BuilderInput<Card | CardContent>): BuilderInput<Card> {
  const { type: _, ...rest } = { type: "card", ...body };
  return rest;
}

/** A copy that the caller's data does not reach into, without the fields that hold `undefined`. */
function copyOf<Value>(input: BuilderInput<Value>): Value {
  return copyOfUnknown(input) as Value;
}

function copyOfUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfUnknown);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, copyOfUnknown(field)]));
}
