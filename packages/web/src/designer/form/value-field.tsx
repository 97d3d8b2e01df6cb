import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import type { JsonPath } from "../json-value.ts";
import { pointerOf } from "../json-value.ts";
import type { Schema } from "./content-schema.ts";
import { fieldWord, isMultiline } from "./field-words.ts";
import { FormContext, fieldId } from "./form-context.ts";

/** A field that holds one text or number. */
export interface ValueFieldProps {
  name: string;
  path: JsonPath;
  schema: Schema;
  value: unknown;
  isRequired: boolean;
}

/** A text or number to fill in, with what is wrong with it below. An optional one that is empty is left out. */
export function ValueField({ name, path, schema, value, isRequired }: ValueFieldProps): JSX.Element {
  const { set, faults } = useContext(FormContext);
  const id = fieldId(path);
  const fault = faults.get(pointerOf(path));
  const isNumber = schema.type === "number";
  const change = (text: string): void => {
    if (text === "" && !isRequired) set(path, undefined);
    else set(path, isNumber && text !== "" ? Number(text) : text);
  };
  const attributes = {
    id,
    value: typeof value === "string" || typeof value === "number" ? String(value) : "",
    "aria-invalid": fault ? ("true" as const) : undefined,
    "aria-describedby": fault ? `${id}:fault` : undefined,
    "aria-required": isRequired ? ("true" as const) : undefined,
    spellcheck: isMultiline(name, schema.maxLength),
    autocomplete: "off" as const,
  };
  return (
    <div class="field">
      <label for={id} title={schema.description}>
        {fieldWord(name)}
        {!isRequired && <span class="optional"> optional</span>}
      </label>
      {isMultiline(name, schema.maxLength) ? (
        <textarea {...attributes} rows={2} onInput={(event) => change(event.currentTarget.value)} />
      ) : isNumber ? (
        <input
          {...attributes}
          type="number"
          step="any"
          onInput={(event) => change(event.currentTarget.value)}
        />
      ) : (
        <input {...attributes} type="text" onInput={(event) => change(event.currentTarget.value)} />
      )}
      {fault && (
        <p class="fault" id={`${id}:fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
