import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": {
    value: 1000,
    unit: "bytes",
    certainty: "verified",
    sources: ["IG-SEND"],
    note: "UTF-8 bytes; another sentence says less than 1000 characters -> lint bytes",
  },
  "quickReply.count.max": { value: 13, unit: "items", certainty: "verified", sources: ["IG-QR"] },
  "quickReply.label.max": {
    value: 20,
    unit: "chars",
    certainty: "verified",
    sources: ["IG-QR"],
    note: "truncated above",
  },
  "quickReply.payload.max": {
    value: 1000,
    unit: "chars",
    certainty: "secondary",
    sources: ["MS-QR"],
    note: "taken from Messenger",
  },
  "buttonTemplate.text.max": {
    value: 640,
    unit: "chars",
    certainty: "verified",
    sources: ["IG-BTNT"],
    unused: "Belongs to a feature that no content uses: a template of text and buttons.",
  },
  "buttonTemplate.buttons.max": {
    value: 3,
    unit: "items",
    certainty: "verified",
    sources: ["IG-BTNT"],
    unused: "Belongs to a feature that no content uses: a template of text and buttons.",
  },
  "button.label.max": { value: 20, unit: "chars", certainty: "secondary", sources: ["MS-PB"] },
  "button.payload.max": { value: 1000, unit: "chars", certainty: "secondary", sources: ["MS-PB"] },
  "card.title.max": { value: 80, unit: "chars", certainty: "verified", sources: ["IG-GEN"] },
  "card.subtitle.max": { value: 80, unit: "chars", certainty: "verified", sources: ["IG-GEN"] },
  "card.buttons.max": {
    value: 3,
    unit: "items",
    certainty: "verified",
    sources: ["IG-GEN"],
    note: "web_url and postback only",
  },
  "carousel.cards.min": {
    value: 1,
    unit: "items",
    certainty: "verified",
    sources: ["IG-GEN"],
    unused: "Always met: a content has at least one.",
  },
  "carousel.cards.max": { value: 10, unit: "items", certainty: "verified", sources: ["IG-GEN"] },
  "images.perMessage.max": {
    value: 10,
    unit: "items",
    certainty: "verified",
    sources: ["IG-SEND"],
    unused: "Belongs to a feature that no content uses: a message has one picture.",
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
  defaultAction: "url",
  requires: "detail",
} as const;

/** What Instagram messaging can show. */
export const instagram = defineChannel({
  name: "instagram",
  title: "Instagram messaging",
  supports: {
    text: "native",
    image: "native",
    audio: "native",
    video: "native",
    file: "native",
    location: "none",
    quickReply: "native",
    card: "native",
    carousel: "native",
  },
  limits,
  text: { max: "text.max" },
  media: {
    image: { mimeTypes: ["image/png", "image/jpeg"] },
    audio: { mimeTypes: ["audio/aac", "audio/m4a", "audio/wav", "audio/mp4"] },
    video: { mimeTypes: ["video/mp4", "video/ogg", "video/avi", "video/quicktime", "video/webm"] },
    file: { mimeTypes: ["application/pdf"] },
  },
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
  carousel: { max: "carousel.cards.max", card },
  choicesVanish: true,
  cuts: ["quickReply.label.max"],
});
