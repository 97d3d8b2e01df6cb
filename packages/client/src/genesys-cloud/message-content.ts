/** Rich content as Genesys Cloud writes it. Names are those of npm `purecloud-platform-client-v2` 262.0.0; values of enums those of PyPI `PureCloudPlatformClientV2` 257.1.0. */

/** What a content element can be. */
export type ContentType =
  | "Reactions"
  | "Attachment"
  | "Location"
  | "QuickReply"
  | "Notification"
  | "ButtonResponse"
  | "Story"
  | "Mention"
  | "Card"
  | "Carousel"
  | "Text"
  | "QuickReplyV2"
  | "DatePicker"
  | "InteractiveApplication"
  | "ListPicker"
  | "PaymentRequest"
  | "PaymentResponse"
  | "Push"
  | "Form"
  | "RoadsideAssistance"
  | "RichLink"
  | "NotificationResponse"
  | "Unknown";

/** One content element. The field that is filled is named after `contentType`; that of `Notification` is `template`. */
export interface ConversationMessageContent {
  contentType: ContentType;
  location?: ConversationContentLocation;
  attachment?: ConversationContentAttachment;
  /** One button: the elements of a message make its menu, and the message's `text` is the question. */
  quickReply?: ConversationContentQuickReply;
  quickReplyV2?: ConversationContentQuickReplyV2;
  buttonResponse?: ConversationContentButtonResponse;
  template?: ConversationContentNotificationTemplate;
  card?: ConversationContentCard;
  carousel?: ConversationContentCarousel;
  text?: ConversationContentText;
  datePicker?: ConversationContentDatePicker;
  listPicker?: ConversationContentListPicker;
  story?: ConversationContentStory;
  reactions?: ConversationContentReaction[];
  interactiveApplication?: OtherContent;
  paymentRequest?: OtherContent;
  paymentResponse?: OtherContent;
  push?: OtherContent;
  form?: OtherContent;
  notificationResponse?: OtherContent;
}

/** Content that only Apple Messages for Business or a mobile app shows; it is passed through unread. */
export type OtherContent = Readonly<Record<string, unknown>>;

export interface ConversationContentStory {
  type?: "Mention" | "Reply";
  url?: string;
  replyToId?: string;
}

export interface ConversationContentReaction {
  reactionType?: string;
  count: number;
}

export interface ConversationContentLocation {
  url?: string;
  address?: string;
  /** The place's name. */
  text?: string;
  latitude?: number;
  longitude?: number;
}

export interface ConversationContentAttachment {
  id?: string;
  mediaType: "Image" | "Video" | "Audio" | "File" | "Link";
  url?: string;
  mime?: string;
  /** The caption. */
  text?: string;
  sha256?: string;
  filename?: string;
  contentSizeBytes?: number;
}

export interface ConversationContentQuickReply {
  /** The label; also what the customer is taken to have said. */
  text: string;
  payload: string;
  /** The URL of a picture. */
  image?: string;
  action?: "Message";
  summaryText?: string;
}

export interface ConversationContentQuickReplyV2 {
  title: string;
  actions: ConversationContentQuickReply[];
}

export interface ConversationContentButtonResponse {
  originatingMessageId?: string;
  type?: "Button" | "QuickReply" | "DatePicker" | "ListPicker" | "Form";
  text: string;
  payload: string;
}

export interface ConversationContentCardAction {
  type?: "Link" | "Postback" | "Unknown";
  text?: string;
  payload?: string;
  url?: string;
}

export interface ConversationContentCard {
  title: string;
  description?: string;
  /** A URL. */
  image?: string;
  /** A URL. */
  video?: string;
  defaultAction?: ConversationContentCardAction;
  /** `text` and `payload` together must be unique among all cards of a carousel. */
  actions: ConversationContentCardAction[];
}

export interface ConversationContentCarousel {
  cards: ConversationContentCard[];
}

export interface ConversationContentText {
  type?: "Text";
  body: string;
}

export interface ConversationContentDatePickerAvailableTime {
  /** ISO 8601. */
  dateTime?: string;
  /** Seconds. */
  duration?: number;
}

export interface ConversationContentDatePicker {
  id?: string;
  title?: string;
  subtitle?: string;
  imageUrl?: string;
  dateMinimum?: string;
  dateMaximum?: string;
  location?: ConversationContentLocation;
  availableTimes?: ConversationContentDatePickerAvailableTime[];
  dateDisplayFormat?: "dayMonthYear" | "monthDayYear" | "yearMonthDay";
}

export interface ConversationContentListPickerItem {
  id?: string;
  title?: string;
  subtitle?: string;
  imageUrl?: string;
}

export interface ConversationContentListPickerSection {
  title?: string;
  multipleSelection?: boolean;
  items?: ConversationContentListPickerItem[];
}

export interface ConversationContentReceivedReplyMessage {
  header?: string;
  title?: string;
  subtitle?: string;
  buttonLabel?: string;
  imageUrl?: string;
}

export interface ConversationContentListPicker {
  id?: string;
  sections?: ConversationContentListPickerSection[];
  replyMessage?: ConversationContentReceivedReplyMessage;
  receivedMessage?: ConversationContentReceivedReplyMessage;
}

export interface ConversationNotificationTemplateParameter {
  name?: string;
  text: string;
}

export interface ConversationNotificationTemplateHeader {
  type: "Text" | "Media";
  text?: string;
  media?: ConversationContentAttachment;
  parameters?: ConversationNotificationTemplateParameter[];
}

export interface ConversationNotificationTemplateBody {
  text?: string;
  parameters: ConversationNotificationTemplateParameter[];
}

export interface ConversationNotificationTemplateButton {
  type: "QuickReply" | "PhoneNumber" | "Url";
  text?: string;
  index: number;
  phoneNumber?: string;
  url?: string;
  payload?: string;
  parameters?: ConversationNotificationTemplateParameter[];
}

export interface ConversationNotificationTemplateFooter {
  text?: string;
}

export interface ConversationContentNotificationTemplate {
  id?: string;
  language?: string;
  header?: ConversationNotificationTemplateHeader;
  body: ConversationNotificationTemplateBody;
  buttons?: ConversationNotificationTemplateButton[];
  footer?: ConversationNotificationTemplateFooter;
}
