import { limits } from "../limits.ts";
import { enumerations } from "./enumerations.ts";
import { type ModelName, models } from "./models.ts";

/** What is wrong with a body, in the platform's own words. */
export interface BodyFault {
  code: "bad.request" | "invalid.value" | "invalid.date";
  /** JSON pointer of the value. */
  at: string;
  message: string;
}

/** The most faults that are told of one body. */
const mostFaults = 10;

/** Compares a value with a model; no faults, no list. Keys that the model does not know are let through, as the platform does. */
export function findFaults(name: ModelName, value: unknown): BodyFault[] {
  const faults: BodyFault[] = [];
  checkModel(name, value, "", faults);
  return faults;
}

interface Field {
  name: string;
  isRequired: boolean;
  isList: boolean;
  type: string;
}

const fieldsOfModel = new Map<string, readonly Field[]>(
  Object.entries(models).map(([name, model]) => [name, Object.entries(model).map(readField)]),
);
const valuesOfEnumeration = new Map<string, readonly string[]>(Object.entries(enumerations));

function readField([key, notation]: [string, string]): Field {
  const isRequired = key.startsWith("*");
  const isList = notation.endsWith("[]");
  return {
    name: isRequired ? key.slice(1) : key,
    isRequired,
    isList,
    type: isList ? notation.slice(0, -2) : notation,
  };
}

function checkModel(name: string, value: unknown, at: string, faults: BodyFault[]): void {
  if (!isRecord(value)) shouldBe("object", at, faults);
  else for (const field of fieldsOfModel.get(name) ?? []) checkField(field, value[field.name], at, faults);
}

function checkField(field: Field, value: unknown, parent: string, faults: BodyFault[]): void {
  const { name, type, isRequired, isList } = field;
  const at = `${parent}/${name}`;
  if (faults.length >= mostFaults) return;
  if (value === undefined || value === null) {
    const property = `${parent === "" ? "" : "."}${name}`;
    if (isRequired)
      faults.push({ code: "bad.request", at, message: `should have required property '${property}'` });
  } else if (isList) checkList(type, value, at, faults);
  else checkValue(type, value, at, faults);
}

function checkList(type: string, value: unknown, at: string, faults: BodyFault[]): void {
  if (!Array.isArray(value)) shouldBe("array", at, faults);
  else if (value.length > limits.listItems.value)
    faults.push({
      code: "bad.request",
      at,
      message: `${at} should NOT have more than ${limits.listItems.value} items`,
    });
  else for (const [index, item] of value.entries()) checkValue(type, item, `${at}/${index}`, faults);
}

function checkValue(type: string, value: unknown, at: string, faults: BodyFault[]): void {
  const primitive = primitiveChecks[type];
  const allowed = valuesOfEnumeration.get(type);
  if (primitive !== undefined) {
    const { holds, code, message } = primitive;
    if (!holds(value)) faults.push({ code, at, message: `${at} ${message}` });
  } else if (allowed === undefined) checkModel(type, value, at, faults);
  else if (typeof value !== "string" || !allowed.includes(value))
    faults.push({
      code: "invalid.value",
      at,
      message: `Value [${describe(value)}] is not valid for field type [${type}]. Allowable values are: ${allowed.join(", ")}`,
    });
}

interface PrimitiveCheck {
  holds: (value: unknown) => boolean;
  code: BodyFault["code"];
  message: string;
}

const primitiveChecks: Record<string, PrimitiveCheck> = {
  string: must("string", (value) => typeof value === "string"),
  number: must("number", (value) => typeof value === "number" && Number.isFinite(value)),
  integer: must("integer", Number.isSafeInteger),
  boolean: must("boolean", (value) => typeof value === "boolean"),
  map: must(
    "object of strings",
    (value) => isRecord(value) && Object.values(value).every((item) => typeof item === "string"),
  ),
  any: must("present", () => true),
  date: {
    holds: (value) => typeof value === "string" && isoDate.test(value) && !Number.isNaN(Date.parse(value)),
    code: "invalid.date",
    message: "should be a date and time by ISO 8601, such as 2026-01-31T12:00:00.000Z",
  },
};

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

function must(type: string, holds: (value: unknown) => boolean): PrimitiveCheck {
  return { holds, code: "bad.request", message: `should be ${type}` };
}

function shouldBe(type: string, at: string, faults: BodyFault[]): void {
  faults.push({ code: "bad.request", at, message: `${at || "body"} should be ${type}` });
}

/** Enough of a wrong value to recognise it. */
function describe(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 60) : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
