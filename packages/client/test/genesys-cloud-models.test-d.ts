/**
 * Compares the names and the optional fields of our models with the official package's own types: what is not right does not
 * compile. The official types have every enum as `string`, so that values are not compared.
 */
import type * as ours from "@quickcard/client/genesys-cloud";
import type { Models as theirs } from "purecloud-platform-client-v2";

type OptionalKeys<Model> = {
  [Key in keyof Model]-?: object extends Pick<Model, Key> ? Key : never;
}[keyof Model];

/** What of ours is not theirs, or optional on one side alone. */
type Wrong<Our, Their> =
  | Exclude<keyof Our, keyof Their>
  | Exclude<OptionalKeys<Our>, OptionalKeys<Their>>
  | Exclude<OptionalKeys<Their> & keyof Our, OptionalKeys<Our>>;

/** A model that has every field of theirs. */
type Whole<Our extends object, Their extends object> = [
  Wrong<Our, Their>,
  Exclude<keyof Their, keyof Our>,
] extends [never, never]
  ? true
  : { wrong: Wrong<Our, Their>; missing: Exclude<keyof Their, keyof Our> };

/** A model of which we read a part. */
type Part<Our extends object, Their extends object> = [Wrong<Our, Their>] extends [never]
  ? true
  : { wrong: Wrong<Our, Their> };

export const models: {
  ConversationMessageContent: Whole<ours.ConversationMessageContent, theirs.ConversationMessageContent>;
  ConversationContentLocation: Whole<ours.ConversationContentLocation, theirs.ConversationContentLocation>;
  ConversationContentAttachment: Whole<
    ours.ConversationContentAttachment,
    theirs.ConversationContentAttachment
  >;
  ConversationContentQuickReply: Whole<
    ours.ConversationContentQuickReply,
    theirs.ConversationContentQuickReply
  >;
  ConversationContentQuickReplyV2: Whole<
    ours.ConversationContentQuickReplyV2,
    theirs.ConversationContentQuickReplyV2
  >;
  ConversationContentButtonResponse: Whole<
    ours.ConversationContentButtonResponse,
    theirs.ConversationContentButtonResponse
  >;
  ConversationContentCardAction: Whole<
    ours.ConversationContentCardAction,
    theirs.ConversationContentCardAction
  >;
  ConversationContentCard: Whole<ours.ConversationContentCard, theirs.ConversationContentCard>;
  ConversationContentCarousel: Whole<ours.ConversationContentCarousel, theirs.ConversationContentCarousel>;
  ConversationContentText: Whole<ours.ConversationContentText, theirs.ConversationContentText>;
  ConversationContentDatePickerAvailableTime: Whole<
    ours.ConversationContentDatePickerAvailableTime,
    theirs.ConversationContentDatePickerAvailableTime
  >;
  ConversationContentDatePicker: Whole<
    ours.ConversationContentDatePicker,
    theirs.ConversationContentDatePicker
  >;
  ConversationContentListPickerItem: Whole<
    ours.ConversationContentListPickerItem,
    theirs.ConversationContentListPickerItem
  >;
  ConversationContentListPickerSection: Whole<
    ours.ConversationContentListPickerSection,
    theirs.ConversationContentListPickerSection
  >;
  ConversationContentReceivedReplyMessage: Whole<
    ours.ConversationContentReceivedReplyMessage,
    theirs.ConversationContentReceivedReplyMessage
  >;
  ConversationContentListPicker: Whole<
    ours.ConversationContentListPicker,
    theirs.ConversationContentListPicker
  >;
  ConversationNotificationTemplateParameter: Whole<
    ours.ConversationNotificationTemplateParameter,
    theirs.ConversationNotificationTemplateParameter
  >;
  ConversationNotificationTemplateHeader: Whole<
    ours.ConversationNotificationTemplateHeader,
    theirs.ConversationNotificationTemplateHeader
  >;
  ConversationNotificationTemplateBody: Whole<
    ours.ConversationNotificationTemplateBody,
    theirs.ConversationNotificationTemplateBody
  >;
  ConversationNotificationTemplateButton: Whole<
    ours.ConversationNotificationTemplateButton,
    theirs.ConversationNotificationTemplateButton
  >;
  ConversationNotificationTemplateFooter: Whole<
    ours.ConversationNotificationTemplateFooter,
    theirs.ConversationNotificationTemplateFooter
  >;
  ConversationContentNotificationTemplate: Whole<
    ours.ConversationContentNotificationTemplate,
    theirs.ConversationContentNotificationTemplate
  >;
  ConversationContentStory: Whole<ours.ConversationContentStory, theirs.ConversationContentStory>;
  ConversationContentReaction: Whole<ours.ConversationContentReaction, theirs.ConversationContentReaction>;
  OpenMessagingFromRecipient: Whole<ours.OpenMessagingFromRecipient, theirs.OpenMessagingFromRecipient>;
  OpenMessagingToRecipient: Whole<ours.OpenMessagingToRecipient, theirs.OpenMessagingToRecipient>;
  ConversationChannelMetadata: Whole<ours.ConversationChannelMetadata, theirs.ConversationChannelMetadata>;
  OpenInboundMessageMessagingChannel: Whole<
    ours.OpenInboundMessageMessagingChannel,
    theirs.OpenInboundMessageMessagingChannel
  >;
  OpenContentAttachment: Whole<ours.OpenContentAttachment, theirs.OpenContentAttachment>;
  OpenInboundMessageContent: Whole<ours.OpenInboundMessageContent, theirs.OpenInboundMessageContent>;
  OpenInboundNormalizedMessage: Whole<ours.OpenInboundNormalizedMessage, theirs.OpenInboundNormalizedMessage>;
  OpenInboundMessagingChannel: Whole<ours.OpenInboundMessagingChannel, theirs.OpenInboundMessagingChannel>;
  OpenEvent: Whole<ours.OpenEvent, theirs.OpenEvent>;
  OpenInboundNormalizedEvent: Whole<ours.OpenInboundNormalizedEvent, theirs.OpenInboundNormalizedEvent>;
  OpenInboundMessagingReceiptChannel: Whole<
    ours.OpenInboundMessagingReceiptChannel,
    theirs.OpenInboundMessagingReceiptChannel
  >;
  ConversationReason: Whole<ours.ConversationReason, theirs.ConversationReason>;
  OpenInboundNormalizedReceipt: Whole<ours.OpenInboundNormalizedReceipt, theirs.OpenInboundNormalizedReceipt>;
  ContentButtonResponse: Whole<ours.ContentButtonResponse, theirs.ContentButtonResponse>;
  OpenInboundStructuredResponseMessage: Whole<
    ours.OpenInboundStructuredResponseMessage,
    theirs.OpenInboundStructuredResponseMessage
  >;
  OpenMessagingChannel: Whole<ours.OpenMessagingChannel, theirs.OpenMessagingChannel>;
  OpenMessageContent: Whole<ours.OpenMessageContent, theirs.OpenMessageContent>;
  OpenMessageNormalizedMessage: Whole<ours.OpenMessageNormalizedMessage, theirs.OpenMessageNormalizedMessage>;
  ConversationEventTyping: Whole<ours.ConversationEventTyping, theirs.ConversationEventTyping>;
  OpenMessageEvent: Whole<ours.OpenMessageEvent, theirs.OpenMessageEvent>;
  OpenEventNormalizedMessage: Whole<ours.OpenEventNormalizedMessage, theirs.OpenEventNormalizedMessage>;
  OpenReceiptNormalizedMessage: Whole<ours.OpenReceiptNormalizedMessage, theirs.OpenReceiptNormalizedMessage>;
  OpenInboundStructuredResponseNormalizedMessageContent: Whole<
    ours.OpenInboundStructuredResponseNormalizedMessageContent,
    theirs.OpenInboundStructuredResponseNormalizedMessageContent
  >;
  OpenStructuredResponseNormalizedMessage: Whole<
    ours.OpenStructuredResponseNormalizedMessage,
    theirs.OpenStructuredResponseNormalizedMessage
  >;
  TextMessageListing: Whole<ours.TextMessageListing, theirs.TextMessageListing>;
  SendAgentlessOutboundMessageRequest: Whole<
    ours.SendAgentlessOutboundMessageRequest,
    theirs.SendAgentlessOutboundMessageRequest
  >;
  TemplateParameter: Whole<ours.TemplateParameter, theirs.TemplateParameter>;
  AddressableEntityRef: Whole<ours.AddressableEntityRef, theirs.AddressableEntityRef>;
  AdditionalMessage: Whole<ours.AdditionalMessage, theirs.AdditionalMessage>;
  MessageTypingEventRequest: Whole<ours.MessageTypingEventRequest, theirs.MessageTypingEventRequest>;
  UploadMediaRequest: Whole<ours.UploadMediaRequest, theirs.UploadMediaRequest>;
  MessageMediaUploadData: Whole<ours.MessageMediaUploadData, theirs.MessageMediaUploadData>;
  MessageMediaData: Whole<ours.MessageMediaData, theirs.MessageMediaData>;
  SendAgentlessOutboundMessageResponse: Whole<
    ours.SendAgentlessOutboundMessageResponse,
    theirs.SendAgentlessOutboundMessageResponse
  >;
  DomainEntityRef: Whole<ours.DomainEntityRef, theirs.DomainEntityRef>;
  NamedEntity: Whole<ours.NamedEntity, theirs.NamedEntity>;
  IpAddressRange: Whole<ours.IpAddressRange, theirs.IpAddressRange>;
  IpAddressRangeListing: Whole<ours.IpAddressRangeListing, theirs.IpAddressRangeListing>;
  InputMessage: Whole<ours.InputMessage, theirs.InputMessage>;
  ReplyMessage: Whole<ours.ReplyMessage, theirs.ReplyMessage>;
  BotEntityValue: Whole<ours.BotEntityValue, theirs.BotEntityValue>;
  OutgoingMessageRequest: Whole<ours.OutgoingMessageRequest, theirs.OutgoingMessageRequest>;
  OutgoingMessageResponse: Whole<ours.OutgoingMessageResponse, theirs.OutgoingMessageResponse>;
  ConversationNormalizedMessage: Part<
    ours.ConversationNormalizedMessage,
    theirs.ConversationNormalizedMessage
  >;
  MessageData: Part<ours.MessageData, theirs.MessageData>;
  SendMessagingTemplateRequest: Part<ours.SendMessagingTemplateRequest, theirs.SendMessagingTemplateRequest>;
  Message: Part<ours.Message, theirs.Message>;
  MessageDetails: Part<ours.MessageDetails, theirs.MessageDetails>;
  Participant: Part<ours.Participant, theirs.Participant>;
  Conversation: Part<ours.Conversation, theirs.Conversation>;
  OpenIntegration: Part<ours.OpenIntegration, theirs.OpenIntegration>;
  OpenIntegrationRequest: Part<ours.OpenIntegrationRequest, theirs.OpenIntegrationRequest>;
  OpenIntegrationUpdateRequest: Part<ours.OpenIntegrationUpdateRequest, theirs.OpenIntegrationUpdateRequest>;
  OpenIntegrationEntityListing: Part<ours.OpenIntegrationEntityListing, theirs.OpenIntegrationEntityListing>;
  TokenInfo: Part<ours.TokenInfo, theirs.TokenInfo>;
  SupportedContent: Part<ours.SupportedContent, theirs.SupportedContent>;
} = {
  ConversationMessageContent: true,
  ConversationContentLocation: true,
  ConversationContentAttachment: true,
  ConversationContentQuickReply: true,
  ConversationContentQuickReplyV2: true,
  ConversationContentButtonResponse: true,
  ConversationContentCardAction: true,
  ConversationContentCard: true,
  ConversationContentCarousel: true,
  ConversationContentText: true,
  ConversationContentDatePickerAvailableTime: true,
  ConversationContentDatePicker: true,
  ConversationContentListPickerItem: true,
  ConversationContentListPickerSection: true,
  ConversationContentReceivedReplyMessage: true,
  ConversationContentListPicker: true,
  ConversationNotificationTemplateParameter: true,
  ConversationNotificationTemplateHeader: true,
  ConversationNotificationTemplateBody: true,
  ConversationNotificationTemplateButton: true,
  ConversationNotificationTemplateFooter: true,
  ConversationContentNotificationTemplate: true,
  ConversationContentStory: true,
  ConversationContentReaction: true,
  OpenMessagingFromRecipient: true,
  OpenMessagingToRecipient: true,
  ConversationChannelMetadata: true,
  OpenInboundMessageMessagingChannel: true,
  OpenContentAttachment: true,
  OpenInboundMessageContent: true,
  OpenInboundNormalizedMessage: true,
  OpenInboundMessagingChannel: true,
  OpenEvent: true,
  OpenInboundNormalizedEvent: true,
  OpenInboundMessagingReceiptChannel: true,
  ConversationReason: true,
  OpenInboundNormalizedReceipt: true,
  ContentButtonResponse: true,
  OpenInboundStructuredResponseMessage: true,
  OpenMessagingChannel: true,
  OpenMessageContent: true,
  OpenMessageNormalizedMessage: true,
  ConversationEventTyping: true,
  OpenMessageEvent: true,
  OpenEventNormalizedMessage: true,
  OpenReceiptNormalizedMessage: true,
  OpenInboundStructuredResponseNormalizedMessageContent: true,
  OpenStructuredResponseNormalizedMessage: true,
  TextMessageListing: true,
  SendAgentlessOutboundMessageRequest: true,
  TemplateParameter: true,
  AddressableEntityRef: true,
  AdditionalMessage: true,
  MessageTypingEventRequest: true,
  UploadMediaRequest: true,
  MessageMediaUploadData: true,
  MessageMediaData: true,
  SendAgentlessOutboundMessageResponse: true,
  DomainEntityRef: true,
  NamedEntity: true,
  IpAddressRange: true,
  IpAddressRangeListing: true,
  InputMessage: true,
  ReplyMessage: true,
  BotEntityValue: true,
  OutgoingMessageRequest: true,
  OutgoingMessageResponse: true,
  ConversationNormalizedMessage: true,
  MessageData: true,
  SendMessagingTemplateRequest: true,
  Message: true,
  MessageDetails: true,
  Participant: true,
  Conversation: true,
  OpenIntegration: true,
  OpenIntegrationRequest: true,
  OpenIntegrationUpdateRequest: true,
  OpenIntegrationEntityListing: true,
  TokenInfo: true,
  SupportedContent: true,
};
