import { createDeskActions, type DeskActions } from "./desk-actions.ts";
import type { DeskApi } from "./desk-api.ts";
import {
  type DeskState,
  emptyDesk,
  merge,
  withConversation,
  withExchange,
  withMessage,
  withStart,
  withTyping,
} from "./desk-state.ts";
import type { DeskStore } from "./desk-store.ts";
import type { DeskEvents } from "./desk-wire.ts";

/** A desk that follows its emulator. */
export interface Desk extends DeskActions {
  state(): DeskState;
  subscribe(listener: () => void): () => void;
}

/** Follows the emulator for as long as the page is open. */
export function startDesk(api: DeskApi, openStream: (path: string) => EventSource): Desk {
  let state = emptyDesk;
  const listeners = new Set<() => void>();
  const store: DeskStore = {
    state: () => state,
    change(next) {
      const selectedBefore = state.selectedId;
      state = next(state);
      for (const listener of listeners) listener();
      if (state.selectedId !== selectedBefore) void loadMessages(api, store);
    },
    async attempt(work) {
      try {
        await work();
        return true;
      } catch (error) {
        store.change((known) => ({ ...known, refusal: describe(error) }));
        return false;
      }
    },
    async loadFaults() {
      const faults = await api.faults();
      store.change((known) => ({ ...known, faults }));
    },
  };
  followConversations(api, store, openStream);
  followWireLog(store, openStream);
  return {
    ...createDeskActions(api, store),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function describe(error: unknown): string {
  // What the browser says of a connection that fails differs from browser to browser.
  if (error instanceof TypeError || !(error instanceof Error)) return "The emulator does not answer.";
  return error.message;
}

async function loadMessages(api: DeskApi, { state, change, attempt }: DeskStore): Promise<void> {
  const id = state().selectedId;
  if (id === undefined) return;
  await attempt(async () => {
    const messages = await api.messages(id);
    change((known) =>
      known.selectedId === id ? { ...known, messages: merge(messages, known.messages) } : known,
    );
  });
}

type OpenStream = Parameters<typeof startDesk>[1];

function followConversations(api: DeskApi, store: DeskStore, openStream: OpenStream): void {
  const { change, attempt } = store;
  follow(openStream("/emulator/events"), {
    open: () =>
      void attempt(async () => {
        const start = await api.start();
        change((state) => withStart(state, start, Date.now()));
        await loadMessages(api, store);
      }),
    error: () => change(withoutConnection),
    conversation: (conversation) => change((state) => withConversation(state, conversation)),
    message: (message) => change((state) => withMessage(state, message)),
    typing: ({ conversationId, from }) => {
      if (from === "customer") change((state) => withTyping(state, conversationId, Date.now()));
    },
    customers: (customers) =>
      change((state) => ({ ...state, ...(state.start && { start: { ...state.start, customers } }) })),
  });
}

/** The log is told from its beginning each time: an emulator that was started anew counts from 1 again. */
function followWireLog({ change, attempt, loadFaults }: DeskStore, openStream: OpenStream): void {
  follow(openStream("/emulator/wire-log/stream?after=0"), {
    open: () => change((state) => ({ ...state, exchanges: [] })),
    error: () => change(withoutConnection),
    exchange: (exchange) => {
      change((state) => withExchange(state, exchange));
      if (exchange.faults !== undefined) void attempt(loadFaults);
    },
  });
}

function withoutConnection(state: DeskState): DeskState {
  return { ...state, connection: state.start ? "lost" : "connecting" };
}

type Listeners = { open(): void; error(): void } & {
  [Name in keyof DeskEvents]?: (data: DeskEvents[Name]) => void;
};

/** Listens to a stream: `open` and `error` of the connection, and each event by its name. */
function follow(stream: EventSource, { open, error, ...listeners }: Listeners): void {
  stream.addEventListener("open", open);
  stream.addEventListener("error", error);
  for (const [name, listener] of Object.entries(listeners))
    stream.addEventListener(name, (event) => listener(JSON.parse(event.data)));
}
