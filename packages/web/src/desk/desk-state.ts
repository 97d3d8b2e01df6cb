import type { DeskConversation, DeskMessage, DeskStart, Exchange, SetFault } from "./desk-wire.ts";

/** Everything that the desk shows. */
export interface DeskState {
  /** `lost`: it was there, and is tried again. */
  connection: "connecting" | "open" | "lost";
  start: DeskStart | undefined;
  /** By how far the emulator's clock is ahead of the browser's, in milliseconds. */
  aheadMs: number;
  /** The latest first. */
  conversations: readonly DeskConversation[];
  selectedId: string | undefined;
  /** The name of the customer whose phone is shown. */
  shownCustomer: string | undefined;
  /** Of the conversation that is selected, in order. */
  messages: readonly DeskMessage[];
  /** When the customer of a conversation was last seen typing, by the browser's clock. */
  typingAt: Readonly<Record<string, number>>;
  /** How many messages of a conversation have come while another was looked at. */
  unread: Readonly<Record<string, number>>;
  faults: readonly SetFault[];
  /** In order. */
  exchanges: readonly Exchange[];
  /** What the emulator refused last. */
  refusal: string | undefined;
}

/** A desk that has not heard from its emulator yet. */
export const emptyDesk: DeskState = {
  connection: "connecting",
  start: undefined,
  aheadMs: 0,
  conversations: [],
  selectedId: undefined,
  shownCustomer: undefined,
  messages: [],
  typingAt: {},
  unread: {},
  faults: [],
  exchanges: [],
  refusal: undefined,
};

/** The most exchanges on the page. */
const mostExchanges = 500;

/** The desk with what the emulator tells from the start. */
export function withStart(state: DeskState, start: DeskStart, now: number): DeskState {
  const { conversations, faults } = start;
  const told: DeskState = {
    ...state,
    connection: "open",
    start,
    aheadMs: Date.parse(start.now) - now,
    conversations,
    faults,
  };
  const [latest] = conversations;
  if (latest === undefined) return { ...told, selectedId: undefined };
  return conversations.some(({ id }) => id === state.selectedId) ? told : withSelected(told, latest);
}

/**
 * The desk after a conversation began or changed. The first one is selected by itself, and so is one that follows on one
 * that is over, or that the customer begins whose phone is shown.
 */
export function withConversation(state: DeskState, conversation: DeskConversation): DeskState {
  const isKnown = state.conversations.some(({ id }) => id === conversation.id);
  const conversations = isKnown
    ? state.conversations.map((known) => (known.id === conversation.id ? conversation : known))
    : [conversation, ...state.conversations];
  const selected = state.conversations.find(({ id }) => id === state.selectedId);
  const isShown = conversation.customerName === state.shownCustomer;
  if (isKnown || (selected?.isLive && !isShown)) return { ...state, conversations };
  return withSelected({ ...state, conversations }, conversation);
}

/** The desk after a message came or changed. */
export function withMessage(state: DeskState, message: DeskMessage): DeskState {
  const { conversationId, direction } = message;
  const typingAt = direction === "inbound" ? { ...state.typingAt, [conversationId]: 0 } : state.typingAt;
  if (conversationId !== state.selectedId)
    return direction === "outbound"
      ? state
      : {
          ...state,
          typingAt,
          unread: { ...state.unread, [conversationId]: (state.unread[conversationId] ?? 0) + 1 },
        };
  return { ...state, typingAt, messages: merge(state.messages, [message]) };
}

/** Messages by their ids: one that is known is replaced where it stands, a new one stands last. */
export function merge(known: readonly DeskMessage[], told: readonly DeskMessage[]): DeskMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of told) byId.set(message.id, message);
  return [...byId.values()];
}

/** The desk after another exchange; the oldest make room. */
export function withExchange(state: DeskState, exchange: Exchange): DeskState {
  const last = state.exchanges.at(-1)?.id ?? 0;
  if (exchange.id <= last) return state;
  return { ...state, exchanges: [...state.exchanges, exchange].slice(-mostExchanges) };
}

/** The desk with a customer seen typing. */
export function withTyping(state: DeskState, conversationId: string, now: number): DeskState {
  return { ...state, typingAt: { ...state.typingAt, [conversationId]: now } };
}

/** The desk with another conversation looked at. */
export function withSelection(state: DeskState, id: string): DeskState {
  const conversation = state.conversations.find((known) => known.id === id);
  return conversation ? withSelected(state, conversation) : state;
}

/** The desk with another customer's phone shown, and their latest conversation looked at. */
export function withCustomer(state: DeskState, name: string): DeskState {
  const latest = state.conversations.find(({ customerName }) => customerName === name);
  return { ...(latest ? withSelected(state, latest) : state), shownCustomer: name };
}

function withSelected(state: DeskState, { id, customerName }: DeskConversation): DeskState {
  const hasPhone = state.start?.customers.some(({ name }) => name === customerName);
  return {
    ...state,
    selectedId: id,
    messages: id === state.selectedId ? state.messages : [],
    unread: { ...state.unread, [id]: 0 },
    ...(hasPhone && { shownCustomer: customerName }),
  };
}
