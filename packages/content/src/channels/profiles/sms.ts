import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "text.max": { value: 1600, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "text.recommended.max": { value: 320, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "segment.gsm7.single": { value: 160, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "segment.gsm7.multi": { value: 153, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "segment.ucs2.single": { value: 70, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "segment.ucs2.multi": { value: 67, unit: "chars", certainty: "verified", sources: ["TW-LEN"] },
  "mms.media.max": {
    value: 10,
    unit: "items",
    certainty: "verified",
    sources: ["TW-ERR"],
    unused: "Media go as links: MMS reaches phones in the United States and Canada alone.",
  },
  "mms.total.maxMB": {
    value: 5,
    unit: "MB",
    certainty: "verified",
    sources: ["TW-MIME"],
    unused: "Media go as links: MMS reaches phones in the United States and Canada alone.",
  },
} as const satisfies Limits;

/** What SMS/MMS (Twilio) can show. */
export const sms = defineChannel({
  name: "sms",
  title: "SMS/MMS (Twilio)",
  supports: {
    text: "native",
    image: "partial",
    audio: "partial",
    video: "partial",
    file: "partial",
    location: "none",
    quickReply: "none",
    card: "none",
    carousel: "none",
  },
  limits,
  text: { max: "text.max", advised: ["text.recommended.max"] },
  // MMS reaches phones in the United States and Canada alone: a link reaches all.
  media: {},
  choices: [],
  segments: {
    gsm7: { single: "segment.gsm7.single", multi: "segment.gsm7.multi" },
    ucs2: { single: "segment.ucs2.single", multi: "segment.ucs2.multi" },
  },
});
