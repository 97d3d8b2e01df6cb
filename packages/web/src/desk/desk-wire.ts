/** Somebody in a conversation, as the emulator tells it. */
export interface DeskParticipant {
  id: string;
  communicationId: string;
  purpose: string;
  name: string;
  state: string;
  userId?: string;
}

/** A conversation, as the emulator lists it. */
export interface DeskConversation {
  id: string;
  integrationName: string;
  customerName: string;
  isLive: boolean;
  startTime: string;
  endTime?: string;
  participants: DeskParticipant[];
}

/** A message, as Genesys Cloud's `MessageData` tells it. */
export interface DeskMessage {
  id: string;
  conversationId: string;
  /** By which participant it was said. */
  communicationId: string;
  direction: "inbound" | "outbound";
  status: string;
  timestamp: string;
  normalizedMessage: NormalizedMessage;
}

/** `ConversationNormalizedMessage`, so far as the desk shows it. */
export interface NormalizedMessage {
  type: string;
  text?: string;
  content?: NormalizedContent[];
  originatingEntity?: string;
}

/** `ConversationMessageContent`, so far as the desk shows it. */
export interface NormalizedContent {
  contentType: string;
  attachment?: { mediaType: string; url?: string; text?: string; filename?: string; mime?: string };
  quickReply?: { text: string; payload: string; image?: string };
  buttonResponse?: { text: string; payload: string };
  card?: NormalizedCard;
  carousel?: { cards: NormalizedCard[] };
  datePicker?: { title?: string; subtitle?: string; availableTimes?: { dateTime: string }[] };
  listPicker?: { sections?: { title?: string; items?: { title?: string }[] }[] };
  text?: { body: string };
  location?: { latitude?: number; longitude?: number; address?: string; text?: string };
}

/** `ConversationContentCard`. */
export interface NormalizedCard {
  title: string;
  description?: string;
  image?: string;
  actions?: NormalizedAction[];
  defaultAction?: NormalizedAction;
}

/** `ConversationContentCardAction`. */
export interface NormalizedAction {
  type?: string;
  text?: string;
  payload?: string;
  url?: string;
}

/** An exchange over HTTP of the emulator's wire log. */
export interface Exchange {
  id: number;
  kind: "request" | "webhook" | "bot-connector";
  at: string;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  status?: number;
  responseHeaders?: Record<string, string>;
  responseBody?: string;
  durationMs: number;
  failure?: string;
  isSignatureRight?: boolean;
  attempt?: number;
  faults?: string[];
  /** What to do, where it went wrong. */
  advice?: string;
}

/** A reply that a bot can play. */
export interface CannedReply {
  name: string;
  reply: unknown;
}

/** A fault that is wanted. */
export interface Fault {
  on: "request" | "webhook";
  kind: string;
  status?: number;
  ms?: number;
  retryAfterSeconds?: number;
  when?: "before" | "after";
  times?: number;
  probability?: number;
}

/** A fault on the dial. */
export type SetFault = Fault & { id: string; struck: number };

/** A customer whose own page is shown beside the desk. */
export interface DeskCustomer {
  name: string;
  channel?: string;
  chatUrl: string;
}

/** What the desk starts from. */
export interface DeskStart {
  now: string;
  agents: { id: string; name: string }[];
  conversations: DeskConversation[];
  cannedReplies: CannedReply[];
  faults: SetFault[];
  customers: DeskCustomer[];
}

/** What the emulator's streams tell, by the name of the event. */
export interface DeskEvents {
  conversation: DeskConversation;
  message: DeskMessage;
  typing: { conversationId: string; from: string };
  customers: DeskCustomer[];
  exchange: Exchange;
}
