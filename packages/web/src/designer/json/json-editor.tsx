import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CodeEditor, CodeFault } from "./code-editor.ts";

/** A draft as text, with what is wrong with it. */
export interface JsonEditorProps {
  text: string;
  faults: readonly CodeFault[];
  onChange: (text: string) => void;
  /** The JSON pointer of a value to go to; a new object each time it is asked for. */
  target: { pointer: string } | undefined;
}

/** The draft as JSON. The editor's code is loaded when it is first shown. */
export function JsonEditor({ text, faults, onChange, target }: JsonEditorProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor>();
  const [hasFailed, setHasFailed] = useState(false);
  const latest = useRef({ text, onChange });
  latest.current = { text, onChange };
  // Texts that the editor has told and the page has not come back to: writing goes on while the page is drawn.
  const told = useRef(new Set<string>());

  useEffect(() => {
    let made: CodeEditor | undefined;
    let isGone = false;
    import("./code-editor.ts").then(
      ({ createCodeEditor }) => {
        if (isGone || !place.current) return;
        made = createCodeEditor({
          root: place.current.shadowRoot ?? place.current.attachShadow({ mode: "open" }),
          text: latest.current.text,
          onChange(changed) {
            told.current.add(changed);
            latest.current.onChange(changed);
          },
        });
        setEditor(made);
      },
      () => setHasFailed(true),
    );
    return () => {
      isGone = true;
      made?.destroy();
    };
  }, []);

  useEffect(() => {
    if (!editor || (editor.text() !== text && told.current.has(text))) return;
    if (editor.text() !== text) editor.setText(text);
    told.current.clear();
  }, [editor, text]);
  useEffect(() => editor?.showFaults(faults), [editor, faults]);
  useEffect(() => {
    if (target) editor?.reveal(target.pointer);
  }, [editor, target]);

  return (
    <div class="json-editor">
      {!editor && (
        <p class="waiting" role="status">
          {hasFailed
            ? "The editor could not be loaded. Reload the page to try again."
            : "Loading the editor…"}
        </p>
      )}
      <div class="code-place" ref={place} />
      <p class="hint">Ctrl+Space proposes what fits. Tab leaves the editor.</p>
    </div>
  );
}
