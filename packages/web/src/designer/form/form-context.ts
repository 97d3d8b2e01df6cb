import { createContext } from "preact";
import { type JsonPath, pointerOf } from "../json-value.ts";

/** What every field of the form is given by it. */
export interface FormContextValue {
  /** Changes the value at a path; `undefined` takes it away. */
  set(path: JsonPath, value: unknown): void;
  /** What is wrong, by the JSON pointer of the field. */
  faults: ReadonlyMap<string, string>;
}

/** The form around a field. */
export const FormContext = createContext<FormContextValue>({ set: () => {}, faults: new Map() });

/** The `id` of a field's element. */
export function fieldId(path: JsonPath): string {
  return `field${pointerOf(path)}`;
}
