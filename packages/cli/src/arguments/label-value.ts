import { usageFailure } from "../errors/failure.ts";

/** Reads `Label=value`. The first `=` divides, so a value may hold more of them; neither side may be empty. */
export function parseLabelValue(
  argument: string,
  option: string,
  example: string,
): { label: string; value: string } {
  const place = argument.indexOf("=");
  const label = argument.slice(0, place).trim();
  const value = argument.slice(place + 1).trim();
  if (place < 0 || label === "" || value === "") {
    throw usageFailure(
      `${option} "${argument}" is not of the form Label=value.`,
      `Write it as ${option} "${example}"`,
      "usage.label_value",
    );
  }
  return { label, value };
}

/** Adds one `key=value` to those before it; a parser for a repeatable option. */
export function collectEntries(
  option: string,
): (argument: string, before?: Readonly<Record<string, string>>) => Record<string, string> {
  return (argument, before = {}) => {
    const { label: key, value } = parseLabelValue(argument, option, "key=value");
    if (Object.hasOwn(before, key)) {
      throw usageFailure(`${option} names "${key}" twice.`, "Give each key once.", "usage.duplicate_key");
    }
    return { ...before, [key]: value };
  };
}
