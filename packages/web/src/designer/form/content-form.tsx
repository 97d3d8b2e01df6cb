import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { DraftReading } from "../draft.ts";
import { type JsonPath, withValueAt } from "../json-value.ts";
import { contentSchema } from "./content-schema.ts";
import { FormContext, type FormContextValue } from "./form-context.ts";
import { ObjectFields } from "./object-fields.tsx";

/** A draft that is JSON, and what is done with a change of it. */
export interface ContentFormProps {
  reading: Exclude<DraftReading, { state: "not-json" }>;
  onChange: (value: unknown) => void;
}

/** A content as a form, made from its JSON Schema. */
export function ContentForm({ reading, onChange }: ContentFormProps): JSX.Element {
  const { value } = reading;
  const context = useMemo<FormContextValue>(
    () => ({
      set: (path: JsonPath, changed: unknown) => onChange(withValueAt(value, path, changed)),
      faults: new Map(
        reading.state === "invalid"
          ? reading.issues.map(({ pointer, message, fix }) => [pointer, `${message}. ${fix}`])
          : [],
      ),
    }),
    [reading],
  );
  return (
    <FormContext.Provider value={context}>
      <div class="content-form">
        <ObjectFields schema={contentSchema} path={[]} value={value} />
      </div>
    </FormContext.Provider>
  );
}
