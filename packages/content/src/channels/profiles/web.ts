import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": {
    value: 4096,
    unit: "chars",
    certainty: "secondary",
    sources: ["SUNCO"],
    note: "own choice; Sunshine Conversations uses 4096",
    unused: "Advice: our own chat shows every valid content.",
  },
  "carousel.cards.max": {
    value: 10,
    unit: "items",
    certainty: "secondary",
    sources: ["SUNCO"],
    unused: "Advice: our own chat shows every valid content.",
  },
  "card.buttons.max": {
    value: 3,
    unit: "items",
    certainty: "secondary",
    sources: ["SUNCO"],
    unused: "Advice: our own chat shows every valid content.",
  },
  "card.title.max": {
    value: 128,
    unit: "chars",
    certainty: "secondary",
    sources: ["SUNCO"],
    unused: "Advice: our own chat shows every valid content.",
  },
  "card.subtitle.max": {
    value: 128,
    unit: "chars",
    certainty: "secondary",
    sources: ["SUNCO"],
    unused: "Advice: our own chat shows every valid content.",
  },
  "media.url.max": {
    value: 2048,
    unit: "chars",
    certainty: "secondary",
    sources: ["SUNCO"],
    unused: "Advice: our own chat shows every valid content.",
  },
  "quickReply.count.max": {
    value: 13,
    unit: "items",
    certainty: "secondary",
    sources: ["MS-QR"],
    note: "own choice: the Messenger/LINE figure keeps content portable",
    unused: "Advice: our own chat shows every valid content.",
  },
  "quickReply.label.max": {
    value: 20,
    unit: "chars",
    certainty: "secondary",
    sources: ["MS-QR"],
    unused: "Advice: our own chat shows every valid content.",
  },
} as const satisfies Limits;

const card = {
  title: "any",
  subtitle: "any",
  buttons: "any",
  mixed: true,
  label: "any",
  payload: "any",
  url: "any",
  altText: "any",
  defaultAction: "any",
} as const;

/** What Quickcard's web chat can show. */
export const web = defineChannel({
  name: "web",
  title: "Quickcard's web chat",
  supports: {
    text: "native",
    image: "native",
    audio: "native",
    video: "native",
    file: "native",
    location: "native",
    quickReply: "native",
    card: "native",
    carousel: "native",
  },
  limits,
  showsAll: true,
  text: { max: "any" },
  media: {
    image: { caption: "any", altText: "any" },
    audio: { caption: "any" },
    video: { caption: "any", thumbnail: "shown" },
    file: { caption: "any", filename: "any" },
  },
  location: { name: "any", address: "any" },
  choices: [{ form: "buttons", max: "any", label: "any", payload: "any", body: "any", icon: "any" }],
  card,
  carousel: { max: "any", card },
});
