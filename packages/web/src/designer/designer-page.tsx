import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon, type IconName } from "../message/icons.tsx";
import { CopyWindow } from "./copy-window.tsx";
import { draftText } from "./draft.ts";
import { EditorPane } from "./editor-pane.tsx";
import { fieldId } from "./form/form-context.ts";
import { createGallery } from "./gallery/gallery.ts";
import { GalleryWindow } from "./gallery-window.tsx";
import { stepsOf } from "./json-value.ts";
import { PreviewPane } from "./preview/preview-pane.tsx";
import type { Recipient } from "./send-message.ts";
import { SendWindow } from "./send-window.tsx";
import { useDesigner } from "./use-designer.ts";

type WindowName = "gallery" | "copy" | "send";

/** The designer: a message on the left, what becomes of it on the right. */
export function DesignerPage({ origin }: { origin: string }): JSX.Element {
  const gallery = useMemo(() => createGallery(origin), [origin]);
  const designer = useDesigner(gallery, { allowHttp: origin.startsWith("http:") });
  const [opened, setOpened] = useState<WindowName>();
  const [recipient, setRecipient] = useState<Recipient>();
  const [target, setTarget] = useState<{ pointer: string }>();
  const { state, reading, content, linkFault, named, change } = designer;
  /** Closes this window alone: that Escape has closed it is told a moment later, when the next may be open already. */
  const closing = (name: typeof opened) => (): void =>
    setOpened((current) => (current === name ? undefined : current));

  function reveal(pointer: string): void {
    setTarget({ pointer });
    if (state.editor === "form") focusField(pointer);
  }

  return (
    <div class="designer">
      <header class="top">
        <button type="button" class="skip" onClick={() => document.getElementById("previews")?.focus()}>
          Skip to the previews
        </button>
        <h1>Designer</h1>
        <nav aria-label="Actions">
          <Action icon="gallery" word="Samples" onClick={() => setOpened("gallery")} />
          <Action
            icon="code"
            word="Copy as"
            isOff={reading.state !== "valid"}
            onClick={() => setOpened("copy")}
          />
          <CopyLink />
          <Action
            icon="send"
            word="Send"
            isMain
            isOff={reading.state !== "valid"}
            onClick={() => setOpened("send")}
          />
        </nav>
      </header>
      <p class="link-fault" role="alert">
        {linkFault}
      </p>
      <main>
        <EditorPane state={state} reading={reading} onChange={change} target={target} />
        <PreviewPane
          content={content}
          isEarlier={reading.state !== "valid"}
          channels={state.channels}
          scheme={state.scheme}
          onChannels={(channels) => change({ channels })}
          onScheme={(scheme) => change({ scheme })}
          onReveal={reveal}
        />
      </main>
      <Jump />
      {opened === "gallery" && (
        <GalleryWindow
          groups={gallery}
          onClose={closing("gallery")}
          onChoose={(sample) => {
            change({ draft: draftText(sample.content) });
            setOpened(undefined);
          }}
        />
      )}
      {opened === "copy" && <CopyWindow content={content} onClose={closing("copy")} />}
      {opened === "send" && (
        <SendWindow
          content={content}
          recipient={recipient ?? { contactId: "", clientId: "", secret: "", ...named }}
          onRecipient={setRecipient}
          onClose={closing("send")}
        />
      )}
    </div>
  );
}

/** Where editor and previews stand one above the other: the way from each to the other. */
function Jump(): JSX.Element {
  const [isBelow, setIsBelow] = useState(false);
  useEffect(() => {
    const previews = document.getElementById("previews");
    if (!previews) return;
    const seen = new IntersectionObserver(([entry]) => setIsBelow(entry?.isIntersecting === true), {
      rootMargin: "0px 0px -60% 0px",
    });
    seen.observe(previews);
    return () => seen.disconnect();
  }, []);
  const there = isBelow ? "editor" : "previews";
  return (
    <button type="button" class="main jump" onClick={() => document.getElementById(there)?.scrollIntoView()}>
      <Icon name={isBelow ? "up" : "down"} /> {isBelow ? "Edit" : "Previews"}
    </button>
  );
}

/** Goes to the field of a value, or to the nearest one around it. */
function focusField(pointer: string): void {
  const steps = stepsOf(pointer);
  for (let length = steps.length; length > 0; length--) {
    const field = document.getElementById(fieldId(steps.slice(0, length)));
    if (!field) continue;
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    return;
  }
}

interface ActionProps {
  icon: IconName;
  word: string;
  isMain?: boolean;
  isOff?: boolean;
  onClick: () => void;
}

function Action({ icon, word, isMain = false, isOff = false, onClick }: ActionProps): JSX.Element {
  return (
    <button type="button" class={isMain ? "main" : "quiet"} disabled={isOff} onClick={onClick}>
      <Icon name={icon} /> <span>{word}</span>
    </button>
  );
}

const toldMs = 2_000;

/** Copies the address of the page, which holds its whole state. */
function CopyLink(): JSX.Element {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), toldMs);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid("Link copied");
    } catch {
      // Only pages that came over HTTPS, or from this computer, may write the clipboard.
      setSaid("Copy the page's address");
    }
  }
  return (
    <>
      <Action icon="link" word={said || "Copy link"} onClick={() => void copy()} />
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}
