import { defineChannel } from "../channel-profile.ts";
import type { Limits } from "../limit.ts";

const limits = {
  "message.bytes.max": {
    value: 100_000,
    unit: "bytes",
    certainty: "conflict",
    sources: ["TEAMS-FMT"],
    note: "100 KB incl. mentions and reactions as UTF-16 JSON, error 413 MessageSizeTooBig; an older text said 40 KB; connector webhooks 28 KB (U). Lint: warn above 28 KB, error above 100 KB",
  },
  "quickReply.count.max": {
    value: 3,
    unit: "items",
    certainty: "verified",
    sources: ["TEAMS-SUG"],
    note: "more may be sent, only the first 3 are shown",
  },
  "card.buttons.max": {
    value: 6,
    unit: "items",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    note: "hero card",
  },
  "card.title.lines.max": {
    value: 2,
    unit: "lines",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    unused: "Depends on the reader's screen.",
  },
  "card.subtitle.lines.max": {
    value: 2,
    unit: "lines",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    unused: "Depends on the reader's screen.",
  },
  "card.image.ratio": {
    value: "16:9",
    unit: "ratio",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "image.maxPx": {
    value: 1024,
    unit: "px",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    unused: "Only who opens the file could tell: media are passed on by URL.",
  },
  "adaptiveCard.version.max": {
    value: "1.5",
    unit: "version",
    certainty: "verified",
    sources: ["TEAMS-CARD"],
    note: "mobile 1.2 (S)",
    unused: "Belongs to a feature that no content uses: an Adaptive Card.",
  },
  "carousel.cards.max": { value: 10, unit: "items", certainty: "unverified", sources: ["GK"] },
} as const satisfies Limits;

const card = {
  title: "any",
  subtitle: "any",
  buttons: "card.buttons.max",
  mixed: true,
  label: "any",
  payload: "any",
  url: "any",
  defaultAction: "none",
} as const;

/** What Microsoft Teams can show. */
export const teams = defineChannel({
  name: "teams",
  title: "Microsoft Teams",
  supports: {
    text: "native",
    image: "native",
    audio: "none",
    video: "none",
    file: "partial",
    location: "none",
    quickReply: "partial",
    card: "native",
    carousel: "native",
  },
  limits,
  text: { max: "any" },
  media: { image: { mimeTypes: ["image/png", "image/jpeg", "image/gif"], caption: "any" } },
  choices: [
    { form: "buttons", max: "quickReply.count.max", label: "any", payload: "any", body: "any" },
    { form: "list", max: "card.buttons.max", label: "any", payload: "any", body: "any" },
  ],
  card,
  carousel: { max: "carousel.cards.max", card },
  whole: { max: "message.bytes.max", counts: "utf16-json" },
});
