import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": { value: 7000, unit: "chars", certainty: "verified", sources: ["VB-API"] },
  "message.bytes.max": {
    value: 30_000,
    unit: "bytes",
    certainty: "verified",
    sources: ["VB-API"],
    note: "whole JSON 30 KB",
  },
  "caption.max": {
    value: 512,
    unit: "chars",
    certainty: "conflict",
    sources: ["VB-INFOBIP"],
    note: "picture text; some versions say 768 (U)",
  },
  "sender.name.max": {
    value: 28,
    unit: "chars",
    certainty: "verified",
    sources: ["VB-API"],
    unused: "Belongs to a feature that no content uses: a sender's name.",
  },
  "trackingData.max": {
    value: 4000,
    unit: "chars",
    certainty: "verified",
    sources: ["VB-API"],
    unused: "Belongs to the adapter's own data.",
  },
  "file.name.max": { value: 256, unit: "chars", certainty: "verified", sources: ["VB-API"] },
  "keyboard.columns.max": { value: 6, unit: "items", certainty: "unverified", sources: ["GK"] },
  "carousel.rows.max": { value: 7, unit: "items", certainty: "unverified", sources: ["GK"] },
  "button.label.max": { value: 250, unit: "chars", certainty: "unverified", sources: ["GK"] },
  "broadcast.receivers.max": {
    value: 300,
    unit: "items",
    certainty: "verified",
    sources: ["VB-API"],
    unused: "Belongs to a feature that no content uses: a broadcast.",
  },
  "businessMessages.text.max": {
    value: 1000,
    unit: "chars",
    certainty: "secondary",
    sources: ["VB-SINCH"],
    unused: "Belongs to a feature that no content uses: Business Messages, which are not bots.",
  },
} as const satisfies Limits;

const card = {
  title: "button.label.max",
  subtitle: "button.label.max",
  buttons: "carousel.rows.max",
  mixed: true,
  label: "button.label.max",
  payload: "any",
  url: "any",
  defaultAction: "any",
} as const;

/** What Viber bots can show. */
export const viber = defineChannel({
  name: "viber",
  title: "Viber bots",
  supports: {
    text: "native",
    image: "native",
    audio: "none",
    video: "native",
    file: "native",
    location: "native",
    quickReply: "native",
    card: "native",
    carousel: "native",
  },
  limits,
  text: { max: "text.max" },
  media: {
    image: { mimeTypes: ["image/jpeg", "image/png", "image/gif"], caption: "caption.max" },
    video: { mimeTypes: ["video/mp4"], thumbnail: "shown" },
    file: { filename: "file.name.max" },
  },
  location: {},
  choices: [
    { form: "buttons", max: "any", label: "button.label.max", payload: "any", body: "text.max", icon: "any" },
  ],
  card,
  carousel: { max: "keyboard.columns.max", card },
  whole: { max: "message.bytes.max", counts: "json" },
});
