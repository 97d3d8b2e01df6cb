import type { JSX } from "preact";
import { isObject } from "../is-object.ts";
import { type DraftReading, draftText } from "./draft.ts";
import { ContentForm } from "./form/content-form.tsx";
import { contentSchema, formsOf } from "./form/content-schema.ts";
import { startingContents } from "./form/starting-value.ts";
import type { CodeFault } from "./json/code-editor.ts";
import { JsonEditor } from "./json/json-editor.tsx";
import type { DesignerState, EditorKind } from "./link-state.ts";

/** The draft, in either form. */
export interface EditorPaneProps {
  state: DesignerState;
  reading: DraftReading;
  onChange: (changes: Partial<DesignerState>) => void;
  target: { pointer: string } | undefined;
}

/** Where the message is written: as a form or as JSON. */
export function EditorPane({ state, reading, onChange, target }: EditorPaneProps): JSX.Element {
  const faults = faultsOf(reading);
  return (
    <section class="editor" aria-labelledby="editor-title" id="editor" tabIndex={-1}>
      <div class="editor-head">
        <h2 id="editor-title">Message</h2>
        <EditorChoice chosen={state.editor} onChoose={(editor) => onChange({ editor })} />
      </div>
      <TypeChoice reading={reading} onChoose={(draft) => onChange({ draft })} />
      {state.editor === "json" ? (
        <JsonEditor
          text={state.draft}
          faults={faults}
          onChange={(draft) => onChange({ draft })}
          target={target}
        />
      ) : reading.state === "not-json" || !isObject(reading.value) ? (
        <p class="hint">
          The draft cannot be shown as a form: it is not a JSON object yet. Choose a type above to begin anew,
          or mend it as JSON.
        </p>
      ) : (
        <ContentForm reading={reading} onChange={(value) => onChange({ draft: draftText(value) })} />
      )}
      <Faults reading={reading} />
    </section>
  );
}

function EditorChoice({
  chosen,
  onChoose,
}: {
  chosen: EditorKind;
  onChoose: (kind: EditorKind) => void;
}): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="unseen">Write as</legend>
      {(["form", "json"] as const).map((kind) => (
        <label key={kind}>
          <input type="radio" name="editor" checked={kind === chosen} onChange={() => onChoose(kind)} />
          <span>{kind === "form" ? "Form" : "JSON"}</span>
        </label>
      ))}
    </fieldset>
  );
}

function TypeChoice({
  reading,
  onChoose,
}: {
  reading: DraftReading;
  onChoose: (draft: string) => void;
}): JSX.Element {
  const value = reading.state === "not-json" ? undefined : reading.value;
  const current = isObject(value) && typeof value.type === "string" ? value.type : "";
  const forms = formsOf(contentSchema);
  return (
    <div class="field type">
      <label for="field/type">Type</label>
      <select
        id="field/type"
        value={current}
        onChange={(event) => onChoose(draftText(startingContents[event.currentTarget.value]))}
      >
        {!forms.some(({ type }) => type === current) && (
          <option value={current}>{current || "Not chosen"}</option>
        )}
        {forms.map(({ type, schema }) => (
          <option key={type} value={type}>
            {schema.title}
          </option>
        ))}
      </select>
    </div>
  );
}

const mostFaults = 5;

function Faults({ reading }: { reading: DraftReading }): JSX.Element {
  const faults = faultsOf(reading);
  return (
    <div class="faults" role="status">
      {faults.slice(0, mostFaults).map(({ pointer, message }) => (
        <p class="fault" key={`${pointer} ${message}`}>
          {pointer && <code>{pointer}</code>} {message}
        </p>
      ))}
      {faults.length > mostFaults && <p class="fault">And {faults.length - mostFaults} more.</p>}
    </div>
  );
}

function faultsOf(reading: DraftReading): CodeFault[] {
  if (reading.state === "valid") return [];
  if (reading.state === "not-json")
    return [{ pointer: "", message: `This is not JSON yet: ${reading.fault}`, severity: "error" }];
  return reading.issues.map(({ pointer, message, fix }) => ({
    pointer,
    message: `${message}. ${fix}`,
    severity: "error",
  }));
}
