/** The nine types of content, as they travel. `docs/reference/content.md` shows one of each. */
export type Content =
  | TextContent
  | ImageContent
  | AudioContent
  | VideoContent
  | FileContent
  | LocationContent
  | QuickReplyContent
  | CardContent
  | CarouselContent;

/** The name of a type of content: the literal that `type` holds. */
export type ContentType = Content["type"];

/** Plain text. */
export interface TextContent {
  type: "text";
  text: string;
}

/** A picture. */
export interface ImageContent {
  type: "image";
  /** Absolute `https:` URL. */
  url: string;
  /** What the picture shows, for those who cannot see it. */
  altText?: string;
  caption?: string;
}

/** A sound recording. */
export interface AudioContent {
  type: "audio";
  url: string;
  caption?: string;
}

/** A film. */
export interface VideoContent {
  type: "video";
  url: string;
  caption?: string;
  /** A still picture, shown until it plays. */
  thumbnailUrl?: string;
}

/** A file to download. */
export interface FileContent {
  type: "file";
  url: string;
  /** The name shown and saved under. Default: the last part of the URL's path. */
  filename?: string;
  /** Such as `application/pdf`. */
  mimeType?: string;
  caption?: string;
}

/** What is fetched from a URL and shown as what it is. */
export type MediaContent = ImageContent | AudioContent | VideoContent | FileContent;

/** A place on earth. */
export interface LocationContent {
  type: "location";
  /** Degrees, -90 to 90. */
  latitude: number;
  /** Degrees, -180 to 180. */
  longitude: number;
  name?: string;
  address?: string;
}

/** A question with choices to tap. */
export interface QuickReplyContent {
  type: "quick-reply";
  /** The text above the choices. */
  title: string;
  /** One or more; values are unique. */
  choices: Choice[];
}

/** One choice of a quick reply. */
export interface Choice {
  /** What the customer sees, and what the chat shows as the answer. */
  label: string;
  /** What comes back. */
  value: string;
  imageUrl?: string;
}

/** A card: picture, title, subtitle and buttons. */
export interface CardContent extends Card {
  type: "card";
}

/** A card's body, alone in a `card` or as one of a `carousel`. */
export interface Card {
  title: string;
  subtitle?: string;
  image?: CardImage;
  actions?: Action[];
  /** What a tap on the card itself does. */
  defaultAction?: Action;
}

/** A card's picture. */
export interface CardImage {
  url: string;
  altText?: string;
}

/** What a button does: send something back, or open a page. */
export type Action = PostbackAction | WebUrlAction;

/** Returns `payload` to the program; the chat shows nothing new. */
export interface PostbackAction {
  type: "postback";
  title: string;
  payload: string;
}

/** Opens a page in a browser; returns nothing. */
export interface WebUrlAction {
  type: "web_url";
  title: string;
  url: string;
}

/** Cards side by side. */
export interface CarouselContent {
  type: "carousel";
  /** 1 to 10; postback payloads are unique over all of them. */
  cards: Card[];
}
