import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../../message/icons.tsx";
import type { Chat } from "../chat.ts";
import type { ChatSession } from "../chat-session.ts";
import { createReadWatch } from "../read-watch.ts";
import { transcriptOf } from "../transcript.ts";
import type { ChatActions } from "./chat-actions.ts";
import { Composer } from "./composer.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { TranscriptView } from "./transcript-view.tsx";
import { usePictures } from "./use-pictures.ts";

/** A whole chat: heading, messages, and the place to write. */
export function ChatView({ chat, heading }: { chat: Chat; heading: string }): JSX.Element {
  const session = useSession(chat);
  const section = useRef<HTMLElement>(null);
  const actions = useActions(chat, section);
  const items = useMemo(() => transcriptOf(session, chat.pictureUrl), [session, chat]);
  const now = useNow();
  const canWrite = session.phase === "open" && mayWrite(session.contact);
  const pictures = usePictures(actions.sendPicture, canWrite);
  return (
    <section
      class="chat"
      aria-label={heading}
      ref={section}
      onDragOver={pictures.onDragOver}
      onDrop={pictures.onDrop}
    >
      <header class="heading">
        <span class="emblem">
          <Icon name="chat" />
        </span>
        <h2 dir="auto">{heading}</h2>
      </header>
      {session.phase !== "gone" && <ConnectionBanner isConnected={session.isConnected} />}
      {session.phase === "loading" && <Loading />}
      {session.phase === "gone" && <Gone />}
      {session.phase === "open" && <TranscriptView {...{ session, items, heading, actions, now }} />}
      {session.phase === "open" && <Ending contact={session.contact} />}
      {pictures.fault && (
        <p class="picture-fault" role="alert">
          {pictures.fault}
        </p>
      )}
      {canWrite && <Composer onSend={actions.sendText} onType={actions.noteTyping} onFiles={pictures.take} />}
    </section>
  );
}

function mayWrite({ state, hasAgents }: ChatSession["contact"]): boolean {
  return state !== "closed" || hasAgents === true;
}

function Ending({ contact: { state, hasAgents } }: Pick<ChatSession, "contact">): JSX.Element | null {
  if (state !== "closed") return null;
  return (
    <p class="ended" role="status">
      This conversation has ended.{hasAgents && " Write, and it begins again."}
    </p>
  );
}

function Loading(): JSX.Element {
  return (
    <div class="notice" role="status">
      <span class="spinner" />
      <span class="unseen">Loading messages</span>
    </div>
  );
}

function Gone(): JSX.Element {
  return (
    <div class="notice" role="alert">
      <Icon name="chat" class="notice-icon" />
      <p class="notice-title">This chat is not available</p>
      <p>Its link is wrong or too old, or the conversation was deleted.</p>
    </div>
  );
}

function useSession(chat: Chat): ReturnType<Chat["session"]> {
  const [session, setSession] = useState(chat.session());
  useEffect(() => {
    const update = (): void => setSession(chat.session());
    update();
    return chat.subscribe(update);
  }, [chat]);
  return session;
}

function useActions(chat: Chat, section: { readonly current: HTMLElement | null }): ChatActions {
  const watch = useMemo(() => createReadWatch(document, chat.noteRead), [chat]);
  useEffect(() => watch.stop, [watch]);
  return useMemo(
    () => ({
      sendText: chat.sendText,
      sendPicture: chat.sendPicture,
      noteTyping: chat.noteTyping,
      tap(tap, label) {
        // The choices go with the tap: who came to one with the keyboard goes on from the text field.
        const byKeyboard = section.current?.querySelector(".chip:focus-visible");
        chat.tap(tap, label);
        if (byKeyboard) section.current?.querySelector("textarea")?.focus();
      },
      retry: chat.retry,
      discard: chat.discard,
      loadEarlier: () => void chat.loadEarlier(),
      watch: (element) => (element ? watch.watch(element) : undefined),
    }),
    [chat, watch, section],
  );
}

/** The present, to the minute: "Today" becomes "Yesterday" on a page that stays open. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
