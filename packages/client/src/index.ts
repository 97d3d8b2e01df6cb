export {
  audio,
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
} from "@quickcard/content/builders";
export { Analytics, type ConversationQuery, type ConversationQueryResult } from "./analytics.ts";
export type { BulkFailed, BulkResult, BulkRow, BulkSent, BulkUnknown } from "./bulk/bulk-row.ts";
export type { BulkProgress, SendManyOptions } from "./bulk/send-many.ts";
export type { CallOptions, CreateOptions } from "./call-route.ts";
export { OpenMessagingClient } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export { type ContactListOptions, Contacts } from "./contacts.ts";
export type {
  Attempt,
  Channel,
  Contact,
  ContactChanges,
  ContactId,
  ContactState,
  Content,
  ConversationId,
  ConversationStateEvent,
  DeadLetterCount,
  DeadLetterSelection,
  DeadLetterStatus,
  DeliveryMode,
  DeliveryOptions,
  ErrorBody,
  ErrorDetail,
  Event,
  InboundContent,
  InboundLocation,
  InboundMedia,
  InboundMessage,
  InboundMessageEvent,
  Message,
  MessageId,
  MessageRequest,
  MessageStatus,
  MessageStatusEvent,
  NewContact,
  Notice,
  OutboundMessage,
  Page,
  Scope,
  StatusChange,
  Tap,
} from "./contacts-api.ts";
export {
  ApiError,
  AuthenticationError,
  ConversationClosedError,
  IdempotencyError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  RouteNotPublishedError,
} from "./errors/api-errors.ts";
export { type ErrorCode, errorCodes } from "./errors/error-code.ts";
export {
  ConfigurationError,
  InvalidArgumentError,
  InvalidMessageError,
  type MessageIssue,
} from "./errors/local-errors.ts";
export { type Fate, OpenMessagingError } from "./errors/open-messaging-error.ts";
export { SignatureError, type SignatureFault } from "./errors/signature-error.ts";
export {
  ConnectionError,
  RedirectError,
  ResponseError,
  SentButUnreadableError,
  TimeoutError,
} from "./errors/transport-errors.ts";
export type { EventHandlers, WrittenContent } from "./events/event-handlers.ts";
export type { HandleOptions } from "./events/handle-events.ts";
export type { ListenOptions } from "./events/listen.ts";
export type { Answer, Call, Expectation, Layer, Send } from "./layers/layer.ts";
export { type MessageFindOptions, Messages, type SendOptions } from "./messages.ts";
export type { PageOptions } from "./pages.ts";
export { type RotateOptions, Subscriptions } from "./subscriptions.ts";
export type {
  CreatedSubscription,
  EventType,
  NewSubscription,
  PassedOverEvent,
  Replay,
  ReplayRange,
  RotatedSecret,
  Subscription,
  SubscriptionChanges,
  SubscriptionStanding,
  SubscriptionTest,
} from "./subscriptions-api.ts";
export type { Logger } from "./telemetry/logger.ts";
export { type AccessToken, type FinishLoginOptions, finishLogin } from "./tokens/finish-login.ts";
export { type Login, type LoginOptions, readLoginAnswer, startLogin } from "./tokens/login.ts";
export type { SuppliedToken } from "./tokens/supplied-token.ts";
export type { ClientAuthentication } from "./tokens/token-endpoint.ts";
export { type Fetch, fetchTransport } from "./transport/fetch-transport.ts";
export type { UndiciTransportOptions } from "./transport/open-dispatcher.ts";
export type {
  ResponseHeaders,
  Transport,
  TransportRequest,
  TransportResponse,
} from "./transport/transport.ts";
export { undiciTransport } from "./transport/undici-transport.ts";
export { version } from "./user-agent.ts";
export type { WebhookOptions } from "./webhooks/receive-webhook.ts";
export { type VerifyWebhookOptions, verifyWebhook } from "./webhooks/verify-webhook.ts";
export { webhookHandler } from "./webhooks/webhook-handler.ts";
export type { WebhookHeaders } from "./webhooks/webhook-headers.ts";
