import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  ensureSyntaxTree,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { stepsOf } from "../json-value.ts";
import { placeAt, rangeOf } from "./json-place.ts";
import { proposalsAt } from "./json-proposals.ts";

/** Something that is wrong with the text, at the value that a JSON pointer names. */
export interface CodeFault {
  pointer: string;
  message: string;
  severity: "error" | "warning";
}

/** An editor of JSON that completes by the schema of contents. */
export interface CodeEditor {
  text(): string;
  setText(text: string): void;
  /** Marks what is wrong. */
  showFaults(faults: readonly CodeFault[]): void;
  /** Selects the value that a JSON pointer names, and takes the focus. */
  reveal(pointer: string): void;
  destroy(): void;
}

/** What an editor is made with. */
export interface CodeEditorOptions {
  /** A root of its own: only there are the editor's styles constructed sheets, which the policy of the page allows. */
  root: ShadowRoot;
  text: string;
  onChange: (text: string) => void;
}

/** Makes an editor. Tab leaves it, as it does every other field. */
export function createCodeEditor({ root, text, onChange }: CodeEditorOptions): CodeEditor {
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        json(),
        syntaxHighlighting(highlighting),
        // A key pressed as soon as the list is seen means the list.
        autocompletion({ override: [complete], icons: false, interactionDelay: 0 }),
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Message as JSON" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((change) => change.isUserEvent("set")))
            onChange(update.state.doc.toString());
        }),
        theme,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText(next) {
      const changes = { from: 0, to: view.state.doc.length, insert: next };
      view.dispatch({ changes, userEvent: "set" });
    },
    showFaults: (faults) => view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state, faults))),
    reveal(pointer) {
      const { from, to } = rangeIn(view.state, pointer);
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function complete(context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = placeAt(syntaxTree(context.state), text, context.pos);
  if (!place || (place.from === context.pos && !context.explicit)) return null;
  const proposals = proposalsAt(place, readable(text));
  if (proposals.length === 0) return null;
  const written = text.slice(place.from, context.pos).replace(/^"/, "").toLowerCase();
  const hasValue = /^\s*:/.test(text.slice(place.to));
  return {
    from: place.from,
    to: place.to,
    filter: false,
    options: proposals
      .filter(({ label }) => label.toLowerCase().startsWith(written))
      .map(({ label, text: proposal, info }) => ({
        label,
        ...(info && { info }),
        apply: place.writes === "name" && hasValue ? JSON.stringify(label) : proposal,
      })),
  };
}

/** As much as can be read of a text that is being written: what is left open is closed, and a loose end is left out. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const type = /"type"\s*:\s*"([\w-]+)"/.exec(text)?.[1];
    return type === undefined ? undefined : { type };
  }
}

function rangeIn(state: EditorState, pointer: string): { from: number; to: number } {
  const tree = ensureSyntaxTree(state, state.doc.length, 50) ?? syntaxTree(state);
  return rangeOf(tree, state.doc.toString(), stepsOf(pointer));
}

function diagnosticsOf(state: EditorState, faults: readonly CodeFault[]): Diagnostic[] {
  return faults.map(({ pointer, message, severity }) => ({ ...rangeIn(state, pointer), message, severity }));
}

const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "0.8125rem", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "0.75rem 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "0" },
  ".cm-activeLine": { backgroundColor: "var(--shade)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "var(--selection)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "8px",
    background: "var(--surface)",
    color: "var(--text)",
    overflow: "hidden",
    boxShadow: "0 8px 24px rgb(0 0 0 / 18%)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "0.8125rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent)",
    color: "var(--accent-text)",
  },
  ".cm-completionInfo": { padding: "0.4rem 0.6rem", maxWidth: "18rem", fontSize: "0.8125rem" },
  ".cm-diagnostic": { padding: "0.35rem 0.6rem", fontSize: "0.8125rem" },
});
