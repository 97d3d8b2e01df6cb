import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": {
    value: 2000,
    unit: "chars",
    certainty: "verified",
    sources: ["MS-SEND", "MS-API"],
    note: "UTF-8, stated as less than 2000",
  },
  "quickReply.count.min": {
    value: 1,
    unit: "items",
    certainty: "verified",
    sources: ["MS-QR"],
    unused: "Always met: a content has at least one.",
  },
  "quickReply.count.max": { value: 13, unit: "items", certainty: "verified", sources: ["MS-QR"] },
  "quickReply.label.max": {
    value: 20,
    unit: "chars",
    certainty: "verified",
    sources: ["MS-QR"],
    note: "longer is truncated by the platform",
  },
  "quickReply.payload.max": { value: 1000, unit: "chars", certainty: "verified", sources: ["MS-QR"] },
  "quickReply.image.minPx": {
    value: 24,
    unit: "px",
    certainty: "verified",
    sources: ["MS-QR"],
    note: "at least 24x24",
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "buttonTemplate.text.max": {
    value: 640,
    unit: "chars",
    certainty: "verified",
    sources: ["MS-BTNT"],
    unused: "Belongs to a feature that no content uses: a template of text and buttons.",
  },
  "buttonTemplate.buttons.max": {
    value: 3,
    unit: "items",
    certainty: "verified",
    sources: ["MS-BTNT"],
    unused: "Belongs to a feature that no content uses: a template of text and buttons.",
  },
  "button.label.max": { value: 20, unit: "chars", certainty: "verified", sources: ["MS-PB", "MS-BTN"] },
  "button.payload.max": { value: 1000, unit: "chars", certainty: "verified", sources: ["MS-PB"] },
  "card.title.max": { value: 80, unit: "chars", certainty: "verified", sources: ["MS-GEN"] },
  "card.subtitle.max": { value: 80, unit: "chars", certainty: "verified", sources: ["MS-GEN"] },
  "card.buttons.max": { value: 3, unit: "items", certainty: "verified", sources: ["MS-GEN"] },
  "card.image.ratio": {
    value: "1.91:1",
    unit: "ratio",
    certainty: "verified",
    sources: ["MS-GEN"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "carousel.cards.min": {
    value: 1,
    unit: "items",
    certainty: "verified",
    sources: ["MS-GEN"],
    unused: "Always met: a content has at least one.",
  },
  "carousel.cards.max": { value: 10, unit: "items", certainty: "verified", sources: ["MS-GEN"] },
  "metadata.max": {
    value: 1000,
    unit: "chars",
    certainty: "verified",
    sources: ["MS-API"],
    note: "less than 1000",
    unused: "Belongs to the adapter's own data.",
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

/** What Facebook Messenger (Send API) can show. */
export const messenger = defineChannel({
  name: "messenger",
  title: "Facebook Messenger (Send API)",
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
  media: { image: { mimeTypes: ["image/jpeg", "image/png", "image/gif"] }, audio: {}, video: {}, file: {} },
  choices: [
    {
      form: "buttons",
      max: "quickReply.count.max",
      label: "quickReply.label.max",
      payload: "quickReply.payload.max",
      body: "text.max",
      icon: "any",
    },
  ],
  card,
  carousel: { max: "carousel.cards.max", card },
  choicesVanish: true,
  cuts: ["quickReply.label.max"],
});
