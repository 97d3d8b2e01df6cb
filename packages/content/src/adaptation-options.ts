import type { Channel } from "./channel.ts";
import type { Content } from "./content.ts";

/** What is done where a channel cannot show a content as it is, by name. */
export const adaptationPolicies = ["adapt", "strict"] as const;

/** `adapt`: the content is changed in a way that keeps its meaning. `strict`: the message is refused. */
export type AdaptationPolicy = (typeof adaptationPolicies)[number];

/** What the sender wants where the contact's channel cannot show the content as it is. */
export interface AdaptationOptions {
  /** Default: `adapt`. */
  policy?: AdaptationPolicy;
  /** Contents of the sender's own, by channel: sent there in place of one that would have to be changed. */
  fallbacks?: { [Name in Channel]?: Content };
  /** Sent on WhatsApp in place of the content where the customer has not written for 24 hours. */
  whatsappTemplate?: WhatsAppTemplate;
}

/** A message template that Meta has approved, with what fills it. */
export interface WhatsAppTemplate {
  name: string;
  /** The code of its language, such as `en_US`. */
  language: string;
  /** What fills the header, where it has a parameter. */
  header?: WhatsAppTemplateHeader;
  /** What fills the body's parameters, in their order. */
  body?: string[];
  /** What its buttons carry, in their order. */
  buttons?: WhatsAppTemplateButton[];
}

/** What fills a template's header: exactly one of these. */
export interface WhatsAppTemplateHeader {
  text?: string;
  imageUrl?: string;
  videoUrl?: string;
  fileUrl?: string;
}

/** What a template's button carries: exactly one of these. */
export interface WhatsAppTemplateButton {
  /** What a tap on a quick reply returns. */
  payload?: string;
  /** The variable end of the URL that it opens. */
  urlSuffix?: string;
}
