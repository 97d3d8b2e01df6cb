export { type ChannelName, channelNames } from "./channel-name.ts";
export type {
  CardForm,
  CarouselForm,
  ChannelProfile,
  ChoiceForm,
  Feature,
  Length,
  LocationForm,
  MediaForm,
  Support,
  TextForm,
  WholeForm,
} from "./channel-profile.ts";
export { channelProfiles } from "./channel-profiles.ts";
export type { Answer, Degraded, DegradeOptions, Notice, Refused } from "./degradation.ts";
export { degrade } from "./degrade/degrade.ts";
export { type GivenAnswer, resolveAnswer } from "./degrade/resolve-answer.ts";
export type { Certainty, Limit, Limits, Unit } from "./limit.ts";
export { lint, portableChannels } from "./lint/lint.ts";
export type { Effect, LintFinding } from "./lint-finding.ts";
export { type NoticeCode, type NoticeCodeName, noticeCodes } from "./notice-codes.ts";
export type { Json, JsonObject } from "./render/json.ts";
export { type RenderedChannel, type RenderOptions, render, renderedChannels } from "./render/render.ts";
export { type SourceId, sources } from "./sources.ts";
export { degrees } from "./text/degrees.ts";
export { mapUrl } from "./text/map-url.ts";
export { segmentsOf } from "./text/segments.ts";
