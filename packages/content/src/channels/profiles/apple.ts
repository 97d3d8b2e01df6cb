import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": { value: 3000, unit: "chars", certainty: "secondary", sources: ["AMB-INFOBIP"] },
  "quickReply.count.min": { value: 2, unit: "items", certainty: "verified", sources: ["AMB-INT"] },
  "quickReply.count.max": { value: 5, unit: "items", certainty: "verified", sources: ["AMB-INT"] },
  "quickReply.label.max": {
    value: 200,
    unit: "chars",
    certainty: "secondary",
    sources: ["AMB-WEBEX"],
    note: "200 printable characters for UI strings, enforced from 2026-08-21",
  },
  "ui.string.max": { value: 200, unit: "chars", certainty: "secondary", sources: ["AMB-WEBEX"] },
  "ui.image.maxKB": {
    value: 200,
    unit: "KB",
    certainty: "secondary",
    sources: ["AMB-WEBEX"],
    note: "PNG",
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "ui.images.total.maxMB": {
    value: 5,
    unit: "MB",
    certainty: "secondary",
    sources: ["AMB-WEBEX"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "attachment.maxMB": {
    value: 100,
    unit: "MB",
    certainty: "secondary",
    sources: ["AMB-INFOBIP"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
} as const satisfies Limits;

/** What Apple Messages for Business can show. */
export const apple = defineChannel({
  name: "apple",
  title: "Apple Messages for Business",
  supports: {
    text: "native",
    image: "native",
    audio: "partial",
    video: "partial",
    file: "native",
    location: "none",
    quickReply: "native",
    card: "partial",
    carousel: "none",
  },
  limits,
  text: { max: "text.max" },
  media: { image: {}, audio: {}, video: {}, file: { filename: "any" } },
  choices: [
    {
      form: "buttons",
      min: "quickReply.count.min",
      max: "quickReply.count.max",
      label: "quickReply.label.max",
      payload: "any",
      body: "text.max",
    },
    { form: "list", max: "any", label: "ui.string.max", payload: "any", body: "text.max" },
  ],
});
