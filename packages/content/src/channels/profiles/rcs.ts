import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": { value: 3072, unit: "chars", certainty: "verified", sources: ["RCS-SEND", "RCS-VON"] },
  "message.bytes.max": {
    value: 250_000,
    unit: "bytes",
    certainty: "verified",
    sources: ["RCS-SEND"],
    note: "whole AgentMessage, 250 KB",
  },
  "text.basicBilling.max": {
    value: 160,
    unit: "bytes",
    certainty: "verified",
    sources: ["RCS-SEND"],
    note: "<=160 UTF-8 bytes is billed as a Basic Message",
  },
  "quickReply.count.max": {
    value: 11,
    unit: "items",
    certainty: "verified",
    sources: ["RCS-SEND"],
    note: "suggestions per message (chip list), replies and actions together",
  },
  "quickReply.label.max": { value: 25, unit: "chars", certainty: "verified", sources: ["RCS-SEND"] },
  "quickReply.payload.max": { value: 2048, unit: "chars", certainty: "verified", sources: ["RCS-SEND"] },
  "button.label.max": { value: 25, unit: "chars", certainty: "verified", sources: ["RCS-SEND"] },
  "button.payload.max": { value: 2048, unit: "chars", certainty: "verified", sources: ["RCS-SEND"] },
  "button.url.max": {
    value: 2048,
    unit: "chars",
    certainty: "verified",
    sources: ["RCS-SEND"],
    note: "fallbackUrl; open URL assumed the same",
    unused: "Always met: a URL of a content has at most 2,048 units.",
  },
  "card.title.max": { value: 200, unit: "chars", certainty: "secondary", sources: ["RCS-AWS"] },
  "card.subtitle.max": { value: 2000, unit: "chars", certainty: "secondary", sources: ["RCS-AWS"] },
  "card.buttons.max": { value: 4, unit: "items", certainty: "verified", sources: ["RCS-SEND"] },
  "carousel.cards.min": { value: 2, unit: "items", certainty: "verified", sources: ["RCS-SEND"] },
  "carousel.cards.max": { value: 10, unit: "items", certainty: "verified", sources: ["RCS-SEND"] },
  "card.thumbnail.maxKB": {
    value: 100,
    unit: "KB",
    certainty: "verified",
    sources: ["RCS-SEND"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "ttl.max": {
    value: 15,
    unit: "days",
    certainty: "verified",
    sources: ["RCS-SEND"],
    unused: "Belongs to delivery: `expiresAt` is at most 24 hours later by default.",
  },
} as const satisfies Limits;

const card = {
  title: "card.title.max",
  subtitle: "card.subtitle.max",
  buttons: "card.buttons.max",
  mixed: true,
  label: "button.label.max",
  payload: "button.payload.max",
  url: "any",
  defaultAction: "none",
} as const;

/** What Google RCS for Business can show. */
export const rcs = defineChannel({
  name: "rcs",
  title: "Google RCS for Business",
  supports: {
    text: "native",
    image: "native",
    audio: "native",
    video: "native",
    file: "native",
    location: "partial",
    quickReply: "native",
    card: "native",
    carousel: "native",
  },
  limits,
  text: { max: "text.max", advised: ["text.basicBilling.max"] },
  media: {
    image: { mimeTypes: ["image/jpeg", "image/png", "image/gif"] },
    video: {
      mimeTypes: ["video/h263", "video/m4v", "video/mp4", "video/mpeg", "video/mpeg4", "video/webm"],
      thumbnail: "shown",
    },
    audio: {
      mimeTypes: ["audio/aac", "audio/mp3", "audio/mpeg", "audio/mp4", "audio/3gpp", "application/ogg"],
    },
    file: { mimeTypes: ["application/pdf"] },
  },
  location: { name: "any", address: "any" },
  choices: [
    {
      form: "buttons",
      max: "quickReply.count.max",
      label: "quickReply.label.max",
      payload: "quickReply.payload.max",
      body: "text.max",
    },
  ],
  card,
  carousel: { min: "carousel.cards.min", max: "carousel.cards.max", card },
  whole: { max: "message.bytes.max", counts: "json" },
  choicesVanish: true,
});
