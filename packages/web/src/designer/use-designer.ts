import type { Content } from "@quickcard/content";
import { channelNames } from "@quickcard/content/channels";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type DraftReading, draftText, readDraft } from "./draft.ts";
import type { Gallery } from "./gallery/sample.ts";
import { type DesignerState, readFragment, writeFragment } from "./link-state.ts";

/** The state of the page, which its address holds too. */
export interface Designer {
  state: DesignerState;
  reading: DraftReading;
  /** The draft where it is valid, else the last one that was. */
  content: Content;
  /** Why the address does not hold the draft, where it does not. */
  linkFault: string | undefined;
  /** Whom the address named to send to, when it was opened. It holds them no longer once something is changed. */
  named: { contactId?: string; clientId?: string };
  change(changes: Partial<DesignerState>): void;
}

/** What a page begins with whose address says nothing. */
function initialState(gallery: Gallery): DesignerState {
  const draft = draftText(gallery[0].samples[0].content);
  return { draft, channels: channelNames, scheme: "system", editor: "form" };
}

const linkAfterMs = 250;
const tooLong = "The message is too long for a link. Copy it as JSON instead.";
const damaged = "The link is damaged: its message cannot be read. Here is a sample instead.";

/** Keeps the state of the page and its address in step. */
export function useDesigner(gallery: Gallery, { allowHttp }: { allowHttp: boolean }): Designer {
  const [state, setState] = useState(() => initialState(gallery));
  const [linkFault, setLinkFault] = useState<string>();
  const [named, setNamed] = useState<Designer["named"]>({});
  const [isOpened, setIsOpened] = useState(false);
  const written = useRef("");
  const reading = useMemo(() => readDraft(state.draft, { allowHttp }), [state.draft, allowHttp]);
  const lastValid = useRef<Content | undefined>(undefined);
  if (reading.state === "valid") lastValid.current = reading.content;

  useEffect(() => {
    async function open(): Promise<void> {
      if (written.current !== "" && location.hash === written.current) return;
      const { sample, damaged: isDamaged, contactId, clientId, ...found } = await readFragment(location.hash);
      setNamed({ ...(contactId && { contactId }), ...(clientId && { clientId }) });
      const chosen = gallery.flatMap(({ samples }) => samples).find(({ id }) => id === sample);
      setState({ ...initialState(gallery), ...(chosen && { draft: draftText(chosen.content) }), ...found });
      setLinkFault(isDamaged ? damaged : undefined);
      setIsOpened(true);
    }
    const follow = (): void => void open();
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [gallery]);

  useEffect(() => {
    if (!isOpened || linkFault === damaged) return;
    let isStale = false;
    async function write(): Promise<void> {
      const fragment = await writeFragment(state);
      if (isStale) return;
      setLinkFault(fragment === undefined ? tooLong : undefined);
      written.current = fragment === undefined ? "" : `#${fragment}`;
      history.replaceState(null, "", written.current || location.pathname);
    }
    const timer = setTimeout(() => void write(), linkAfterMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [state, isOpened, linkFault]);

  return {
    state,
    reading,
    content: lastValid.current ?? gallery[0].samples[0].content,
    linkFault,
    named,
    change(changes) {
      if (linkFault === damaged) setLinkFault(undefined);
      setState((now) => ({ ...now, ...changes }));
    },
  };
}
