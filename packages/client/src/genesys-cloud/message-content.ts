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

/** A story that the customer mentioned or replied to. */
export interface ConversationContentStory {
  type?: "Mention" | "Reply";
  url?: string;
  replyToId?: string;
}

/** How often a message got one reaction. */
export interface ConversationContentReaction {
  reactionType?: string;
  count: number;
}

/** A place on the map, or a link to one. */
export interface ConversationContentLocation {
  url?: string;
  address?: string;
  /** The place's name. */
  text?: string;
  latitude?: number;
  longitude?: number;
}

/** A picture, a recording or a file. */
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

/** One quick reply. */
export interface ConversationContentQuickReply {
  /** The label; also what the customer is taken to have said. */
  text: string;
  payload: string;
  /** The URL of a picture. */
  image?: string;
  action?: "Message";
  summaryText?: string;
}

/** A question with its quick replies. */
export interface ConversationContentQuickReplyV2 {
  title: string;
  actions: ConversationContentQuickReply[];
}

/** The button that the customer pressed. */
export interface ConversationContentButtonResponse {
  originatingMessageId?: string;
  type?: "Button" | "QuickReply" | "DatePicker" | "ListPicker" | "Form";
  text: string;
  payload: string;
}

/** A button of a card, or what the card itself does. */
export interface ConversationContentCardAction {
  type?: "Link" | "Postback" | "Unknown";
  text?: string;
  payload?: string;
  url?: string;
}

/** A card. */
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

/** Cards side by side. */
export interface ConversationContentCarousel {
  cards: ConversationContentCard[];
}

/** A text among other content. */
export interface ConversationContentText {
  type?: "Text";
  body: string;
}

/** One appointment to choose. */
export interface ConversationContentDatePickerAvailableTime {
  /** ISO 8601. */
  dateTime?: string;
  /** Seconds. */
  duration?: number;
}

/** A choice of appointments. */
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

/** One entry of a list to choose from. */
export interface ConversationContentListPickerItem {
  id?: string;
  title?: string;
  subtitle?: string;
  imageUrl?: string;
}

/** A part of a list to choose from. */
export interface ConversationContentListPickerSection {
  title?: string;
  multipleSelection?: boolean;
  items?: ConversationContentListPickerItem[];
}

/** How a list is shown before it is opened, or after something was chosen. */
export interface ConversationContentReceivedReplyMessage {
  header?: string;
  title?: string;
  subtitle?: string;
  buttonLabel?: string;
  imageUrl?: string;
}

/** A list to choose from. */
export interface ConversationContentListPicker {
  id?: string;
  sections?: ConversationContentListPickerSection[];
  replyMessage?: ConversationContentReceivedReplyMessage;
  receivedMessage?: ConversationContentReceivedReplyMessage;
}

/** What takes the place of one parameter of a template. */
export interface ConversationNotificationTemplateParameter {
  name?: string;
  text: string;
}

/** The head of a template: a text, or a picture or file. */
export interface ConversationNotificationTemplateHeader {
  type: "Text" | "Media";
  text?: string;
  media?: ConversationContentAttachment;
  parameters?: ConversationNotificationTemplateParameter[];
}

/** The text of a template. */
export interface ConversationNotificationTemplateBody {
  text?: string;
  parameters: ConversationNotificationTemplateParameter[];
}

/** A button of a template. */
export interface ConversationNotificationTemplateButton {
  type: "QuickReply" | "PhoneNumber" | "Url";
  text?: string;
  index: number;
  phoneNumber?: string;
  url?: string;
  payload?: string;
  parameters?: ConversationNotificationTemplateParameter[];
}

/** The foot of a template. */
export interface ConversationNotificationTemplateFooter {
  text?: string;
}

/** A template that the channel's vendor has approved. */
export interface ConversationContentNotificationTemplate {
  id?: string;
  language?: string;
  header?: ConversationNotificationTemplateHeader;
  body: ConversationNotificationTemplateBody;
  buttons?: ConversationNotificationTemplateButton[];
  footer?: ConversationNotificationTemplateFooter;
}
