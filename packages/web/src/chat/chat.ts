import type { ChatMessage, ChatTap } from "../chat-wire.ts";
import { type ChatApi, createChatApi } from "./chat-api.ts";
import {
  advance,
  type ChatAction,
  type ChatSession,
  newSession,
  nextToSend,
  type OutgoingMessage,
} from "./chat-session.ts";
import { createClientMessageId } from "./client-message-id.ts";
import type { Clock } from "./clock.ts";
import { type Connection, openConnection } from "./connection.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createOutgoingStorage } from "./outgoing-storage.ts";
import { createReceipts, type Receipts } from "./receipts.ts";
import { createTypingTeller } from "./typing-teller.ts";

/** What of a longer file name the gateway is told. */
const filenameMaxLength = 200;

/** A running chat: what it knows, and what the customer can do. */
export interface Chat {
  session(): ChatSession;
  /** Calls back after each change; the answer ends that. */
  subscribe(listener: () => void): () => void;
  sendText(text: string): void;
  sendPicture(picture: File): void;
  /** Where a picture is that the customer has sent. */
  pictureUrl(messageId: string): string;
  /** Notes that the customer is typing, for agents to see. */
  noteTyping(): void;
  /** Sends a tap. With a label it shows as the customer's own message; a postback has none. */
  tap(tap: ChatTap, label?: string): void;
  /** Sends a refused message again. */
  retry(clientMessageId: string): void;
  /** Takes a refused message away. */
  discard(clientMessageId: string): void;
  loadEarlier(): Promise<void>;
  /** Notes that the customer has had a message before the eyes. */
  noteRead(messageId: string): void;
  /** The network or the customer is back: do not wait any longer. */
  wake(): void;
  /** The page is about to be left. */
  leave(): void;
  stop(): void;
}

/** What a chat runs with. */
export interface ChatOptions {
  /** The chat's address: `https://gateway/chat/TOKEN`. */
  source: URL;
  clock: Clock;
  random: () => number;
  /** The tab's own storage; it may throw. */
  storage: () => Storage;
  /** A message that came just now, of either direction. */
  onMessage?: (message: ChatMessage) => void;
}

/** Starts a chat: it connects, catches up, and sends what an earlier visit left unsent. */
export function startChat(options: ChatOptions): Chat {
  const { clock, random } = options;
  const api = createChatApi(options.source);
  const receipts = createReceipts({ api, clock, random });
  const store = createSessionStore(options, receipts);
  const outbox = createOutbox({
    api,
    clock,
    random,
    next: () => nextToSend(store.session()),
    onAccepted: (clientMessageId, message) => store.dispatch({ type: "accepted", clientMessageId, message }),
    onRefused: (clientMessageId) => store.dispatch({ type: "refused", clientMessageId }),
  });
  const connection = connect(api, store, outbox, options);
  const typing = createTypingTeller(api, clock);
  const actions = customerActions(store, outbox, clock);
  return {
    session: store.session,
    subscribe: store.subscribe,
    ...actions,
    sendText(text) {
      typing.reset();
      actions.sendText(text);
    },
    pictureUrl: api.pictureUrl,
    noteTyping() {
      if (store.session().contact.hasAgents) typing.note();
    },
    loadEarlier: () => loadEarlier(store, api),
    noteRead: (messageId) => receipts.note(messageId, "read"),
    wake() {
      connection.wake();
      outbox.wake();
    },
    leave: receipts.flush,
    stop() {
      connection.stop();
      outbox.stop();
      receipts.stop();
    },
  };
}

interface SessionStore extends Pick<Chat, "session" | "subscribe"> {
  dispatch(action: ChatAction): void;
}

function createSessionStore({ source, storage }: ChatOptions, receipts: Receipts): SessionStore {
  const kept = createOutgoingStorage(source.href, storage);
  const listeners = new Set<() => void>();
  let session = newSession(kept.load());
  return {
    session: () => session,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(action) {
      const before = session;
      session = advance(session, action);
      if (session === before) return;
      if (session.outgoing !== before.outgoing) kept.save(session.outgoing);
      if (session.messages !== before.messages) noteDelivered(session.messages, receipts);
      for (const listener of listeners) listener();
    },
  };
}

function noteDelivered(messages: readonly ChatMessage[], receipts: Receipts): void {
  for (const { id, direction, status } of messages)
    if (direction === "outbound" && status === "sent") receipts.note(id, "delivered");
}

function connect(api: ChatApi, store: SessionStore, outbox: Outbox, options: ChatOptions): Connection {
  const { clock, random, onMessage } = options;
  return openConnection({
    api,
    clock,
    random,
    onTimeline: (timeline) => store.dispatch({ type: "timeline", timeline }),
    onEvent(event) {
      const known = store.session().messages;
      if (event.type === "typing") {
        store.dispatch({ type: "typing", until: clock.now() + event.typing.durationMs });
        return;
      }
      store.dispatch(event);
      if (event.type === "message" && store.session().messages !== known) onMessage?.(event.message);
    },
    onConnected() {
      store.dispatch({ type: "connected" });
      outbox.wake();
    },
    onDisconnected: () => store.dispatch({ type: "disconnected" }),
    onGone() {
      outbox.stop();
      store.dispatch({ type: "gone" });
    },
  });
}

function customerActions(
  { dispatch }: SessionStore,
  outbox: Outbox,
  clock: Clock,
): Pick<Chat, "sendText" | "sendPicture" | "tap" | "retry" | "discard"> {
  function send(message: OutgoingMessage["message"], label?: string): void {
    const timestamp = new Date(clock.now()).toISOString();
    const shown = label === undefined ? {} : { label };
    dispatch({ type: "send", outgoing: { message, timestamp, status: "sending", ...shown } });
    outbox.wake();
  }
  return {
    sendText: (text) => send({ clientMessageId: createClientMessageId(), text }, text),
    sendPicture(picture) {
      const { name } = picture;
      const filename = name === "" ? {} : { filename: name.slice(0, filenameMaxLength) };
      send({ clientMessageId: createClientMessageId(), picture, ...filename }, name || "Picture");
    },
    tap: (tap, label) => send({ clientMessageId: createClientMessageId(), tap }, label),
    retry(clientMessageId) {
      dispatch({ type: "retry", clientMessageId });
      outbox.wake();
    },
    discard: (clientMessageId) => dispatch({ type: "discard", clientMessageId }),
  };
}

async function loadEarlier({ session, dispatch }: SessionStore, api: ChatApi): Promise<void> {
  const before = session().messages[0]?.id;
  if (before === undefined || session().earlier !== "available") return;
  dispatch({ type: "earlier-requested" });
  try {
    dispatch({ type: "earlier", before, timeline: await api.timeline(before) });
  } catch {
    dispatch({ type: "earlier-failed" });
  }
}
