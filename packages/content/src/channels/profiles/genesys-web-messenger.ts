import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": {
    value: 4000,
    unit: "chars",
    certainty: "secondary",
    sources: ["SIB-PEERS"],
    note: "Open Messaging; Web Messenger figure not found (error 4011 = message too long)",
  },
  "carousel.cards.max": { value: 10, unit: "items", certainty: "verified", sources: ["GEN-CAR"] },
  "card.buttons.recommended.max": {
    value: 3,
    unit: "items",
    certainty: "verified",
    sources: ["GEN-CARD"],
    note: "best practice",
  },
  "attachment.maxMB": {
    value: 25,
    unit: "MB",
    certainty: "secondary",
    sources: ["SIB-PEERS"],
    note: "Web Messenger announces its own limit in SessionResponse.allowedMedia.inbound.maxFileSizeKB (V, GEN-MOB)",
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "card.title.max": {
    value: null,
    unit: "chars",
    certainty: "unverified",
    sources: ["GEN-CARD"],
    unused: "The channel states none.",
  },
  "quickReply.count.max": {
    value: null,
    unit: "items",
    certainty: "unverified",
    sources: ["GEN-SDK"],
    unused: "The channel states none.",
  },
} as const satisfies Limits;

const card = {
  title: "any",
  subtitle: "any",
  buttons: "any",
  advisedButtons: "card.buttons.recommended.max",
  mixed: true,
  label: "any",
  payload: "any",
  url: "any",
  defaultAction: "any",
  requires: "button",
} as const;

/** What Genesys Web Messenger / Open Messaging can show. */
export const genesysWebMessenger = defineChannel({
  name: "genesys-web-messenger",
  title: "Genesys Web Messenger / Open Messaging",
  supports: {
    text: "native",
    image: "native",
    audio: "partial",
    video: "partial",
    file: "native",
    location: "partial",
    quickReply: "native",
    card: "native",
    carousel: "native",
  },
  limits,
  text: { max: "text.max" },
  media: {
    image: { caption: "text.max" },
    audio: { caption: "text.max" },
    video: { caption: "text.max" },
    file: { caption: "text.max", filename: "any" },
  },
  location: { name: "any", address: "any" },
  choices: [{ form: "buttons", max: "any", label: "any", payload: "any", body: "text.max", icon: "any" }],
  card,
  carousel: { max: "carousel.cards.max", card },
});
