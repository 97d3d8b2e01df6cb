import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import { isObject } from "../../is-object.ts";
import { Icon } from "../../message/icons.tsx";
import { type JsonPath, pointerOf } from "../json-value.ts";
import { fieldsOf, formsOf, resolved, type Schema, schemaOfValue } from "./content-schema.ts";
import { fieldWord } from "./field-words.ts";
import { FormContext, fieldId } from "./form-context.ts";
import { ListField } from "./list-field.tsx";
import { retypedAction, startingValue } from "./starting-value.ts";
import { ValueField } from "./value-field.tsx";

/** An object of the message, and where it is. */
export interface ObjectFieldsProps {
  schema: Schema;
  path: JsonPath;
  value: unknown;
}

/** The fields of an object, one below the other. */
export function ObjectFields({ schema, path, value }: ObjectFieldsProps): JSX.Element {
  const shape = schemaOfValue(schema, value);
  const fields = isObject(value) ? value : {};
  return (
    <>
      {path.length > 0 && <FormChoice schema={schema} path={path} value={value} />}
      {fieldsOf(shape).map(([name, field]) => (
        <Field
          key={name}
          name={name}
          path={[...path, name]}
          schema={field}
          value={fields[name]}
          isRequired={shape.required?.includes(name) === true}
        />
      ))}
    </>
  );
}

interface FieldProps extends ObjectFieldsProps {
  name: string;
  isRequired: boolean;
}

function Field(props: FieldProps): JSX.Element {
  const { schema, ...rest } = props;
  const shape = resolved(schema);
  if (shape.type === "array") return <ListField {...rest} schema={shape} renderItem={renderItem} />;
  if (shape.type === "object" || shape.oneOf) return <OptionalObject {...props} />;
  return <ValueField {...rest} schema={shape} />;
}

function renderItem(schema: Schema, path: JsonPath, item: unknown): JSX.Element {
  return <ObjectFields schema={schema} path={path} value={item} />;
}

/** An object that may be there or not, such as a card's picture. */
function OptionalObject({ name, path, schema, value }: FieldProps): JSX.Element {
  const { set } = useContext(FormContext);
  const id = fieldId(path);
  const isThere = value !== undefined;
  const toggle = (): void => {
    set(path, isThere ? undefined : startingValue(name));
  };
  return (
    <fieldset class="part" id={id} tabIndex={-1}>
      <legend>{fieldWord(name)}</legend>
      <button
        type="button"
        class="quiet"
        aria-expanded={isThere}
        onClick={toggle}
        aria-label={`${isThere ? "Remove" : "Add"}: ${fieldWord(name)}`}
      >
        <Icon name={isThere ? "remove" : "add"} /> {isThere ? "Remove" : "Add"}
      </button>
      {isThere && <ObjectFields schema={schema} path={path} value={value} />}
    </fieldset>
  );
}

/** Which of its forms an object takes. */
function FormChoice({ schema, path, value }: ObjectFieldsProps): JSX.Element | null {
  const { set, faults } = useContext(FormContext);
  const forms = formsOf(schema);
  if (forms.length === 0) return null;
  const current = isObject(value) ? String(value.type) : "";
  const id = fieldId([...path, "type"]);
  const fault = faults.get(pointerOf([...path, "type"]));
  return (
    <div class="field">
      <label for={id}>What it does</label>
      <select
        id={id}
        value={current}
        aria-invalid={fault ? "true" : undefined}
        onChange={(event) => set(path, retypedAction(value, event.currentTarget.value, path))}
      >
        {!forms.some(({ type }) => type === current) && <option value={current}>Choose</option>}
        {forms.map((form) => (
          <option key={form.type} value={form.type}>
            {form.type === "web_url" ? "Opens a page" : "Sends something back"}
          </option>
        ))}
      </select>
    </div>
  );
}
