export type {
  AdaptationOptions,
  AdaptationPolicy,
  WhatsAppTemplate,
  WhatsAppTemplateButton,
  WhatsAppTemplateHeader,
} from "./adaptation-options.ts";
export {
  audio,
  type BuilderInput,
  card,
  carousel,
  file,
  image,
  location,
  message,
  postback,
  quickReply,
  text,
  video,
  webUrl,
} from "./builders.ts";
export { type Channel, channels } from "./channel.ts";
export type {
  Action,
  AudioContent,
  Card,
  CardContent,
  CardImage,
  CarouselContent,
  Choice,
  Content,
  ContentType,
  FileContent,
  ImageContent,
  LocationContent,
  PostbackAction,
  QuickReplyContent,
  TextContent,
  VideoContent,
  WebUrlAction,
} from "./content.ts";
export type { DeliveryMode, DeliveryOptions } from "./delivery-options.ts";
export { limits } from "./limits.ts";
export type { MessageBody } from "./message-body.ts";
export type { Issue, IssueCode } from "./problems/issue.ts";
export type { UrlOptions } from "./schema/url-rules.ts";
export { type Invalid, type ValidateOptions, validate, validateMessage } from "./validate.ts";
