import type { ChannelName } from "./channel-name.ts";
import type { Limits } from "./limit.ts";

/**
 * How well a channel has a type. `partial`: under strong conditions. `emulated`: something else looks close.
 * `none`: as text or as a link.
 */
export type Support = "native" | "partial" | "emulated" | "none";

/** What a message may consist of, as the matrix of the documentation names it. */
export type Feature =
  | "text"
  | "image"
  | "audio"
  | "video"
  | "file"
  | "location"
  | "quickReply"
  | "card"
  | "carousel";

/** Where a field has no limit of its own: the channel states none, or the whole message's holds. */
export type Length<Name> = Name | "any";

/** How a channel takes text. */
export interface TextForm<Name = string> {
  max: Length<Name>;
  /** Lengths above which it costs more or reads badly. */
  advised?: readonly Name[];
}

/** How a channel takes a picture, recording, film or file. An absent field is one that it does not show. */
export interface MediaForm<Name = string> {
  /** Media types that it takes; absent: any, or not stated. */
  mimeTypes?: readonly string[];
  caption?: Length<Name>;
  altText?: Length<Name>;
  filename?: Length<Name>;
  thumbnail?: "shown" | "required";
  url?: Name;
}

/** How a channel takes a place. An absent field is one that it does not show. */
export interface LocationForm<Name = string> {
  name?: Length<Name>;
  address?: Length<Name>;
  /** Whether it takes a name with an address only: `always`, or `any` where neither will do too. */
  both?: "always" | "together";
}

/** One way in which a channel takes a question with choices. */
export interface ChoiceForm<Name = string> {
  /** What it looks like. */
  form: "buttons" | "list";
  min?: Name;
  max: Length<Name>;
  label: Length<Name>;
  payload: Length<Name>;
  /** The question. */
  body: Length<Name>;
  /** The URL of a choice's picture; absent: pictures are not shown. */
  icon?: Length<Name>;
  uniqueLabels?: boolean;
  /** What stands on the button that opens a list. */
  opener?: Name;
}

/** How a channel takes a card, alone or in a carousel. */
export interface CardForm<Name = string> {
  /** Absent: it has no title of its own, and title and subtitle share the body. */
  title?: Length<Name>;
  subtitle?: Length<Name>;
  /** Title and subtitle together. */
  body?: Length<Name>;
  bodyBesideImage?: Name;
  lineBreaks?: Name;
  /** Buttons in all. */
  buttons: Length<Name>;
  /** Above this many it reads badly. */
  advisedButtons?: Name;
  postbacks?: Name;
  urlButtons?: Name;
  /** Whether postbacks and links may stand on one card. */
  mixed: boolean;
  label: Length<Name>;
  uniqueLabels?: boolean;
  payload: Length<Name>;
  url: Length<Name>;
  imageUrl?: Name;
  altText?: Length<Name>;
  defaultAction: "any" | "url" | "none";
  /** What a card has to have beside its title. */
  requires?: "button" | "detail";
}

/** How a channel takes cards side by side. */
export interface CarouselForm<Name = string> {
  min?: Name;
  max: Length<Name>;
  card: CardForm<Name>;
  /** Every card has a picture. */
  imageRequired?: boolean;
  /** All cards have the same number of buttons; `kind`: of the same kind, too. */
  uniform?: "count" | "kind";
  /** Either all cards have a picture or none. */
  uniformImages?: boolean;
  /** Either all cards have a subtitle or none. */
  uniformSubtitles?: boolean;
  /** The text of the message around the cards. */
  body?: Name;
}

/** How big a message as a whole may be. */
export interface WholeForm<Name = string> {
  max: Name;
  /** `json` and `utf16-json`: bytes of its JSON in UTF-8 or UTF-16. `text`: all its texts, in UTF-16 units. */
  counts: "json" | "utf16-json" | "text";
}

/** What a channel can show: its limits, and which of them hold where. */
export interface ChannelProfile<Name extends string = string> {
  name: ChannelName;
  title: string;
  supports: Readonly<Record<Feature, Support>>;
  /** It shows every valid content as it is. */
  showsAll?: boolean;
  limits: Limits;
  text: TextForm<Name>;
  /** An absent one is sent as a link. */
  media: { readonly [Type in "image" | "audio" | "video" | "file"]?: MediaForm<Name> };
  /** Whether it fetches pictures, recordings and films over TLS alone. */
  httpsMedia?: boolean;
  /** Absent: sent as a link to a map. */
  location?: LocationForm<Name>;
  /** In the order in which they are tried; none: numbered text. */
  choices: readonly ChoiceForm<Name>[];
  card?: CardForm<Name>;
  carousel?: CarouselForm<Name>;
  whole?: WholeForm<Name>;
  /** Whether choices vanish with the next message, so that they have to be on the last. */
  choicesVanish?: boolean;
  /** Messages of one request. */
  batch?: Name;
  /** Lengths of one segment of a text message, alone and as one of several. */
  segments?: { [Alphabet in "gsm7" | "ucs2"]: { single: Name; multi: Name } };
  /** Limits above which it cuts, where it refuses by the others. */
  cuts?: readonly Name[];
  /** A payload may not begin or end with a space. */
  trimmedPayloads?: boolean;
}

/** Checks that a profile names only limits that it has. */
export function defineChannel<const L extends Limits>(
  profile: ChannelProfile<string & keyof L> & { limits: L },
): ChannelProfile {
  return profile;
}
