import { usageFailure } from "../errors/failure.ts";

/** A parser for an option that takes a whole number within bounds. */
export function wholeNumber(option: string, minimum: number, maximum: number): (argument: string) => number {
  return (argument) => {
    const value = /^\d{1,15}$/.test(argument) ? Number(argument) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw usageFailure(
      `${option} "${argument}" is not a whole number from ${minimum} to ${maximum}.`,
      "Write digits only, within these bounds",
      "usage.number",
    );
  };
}

/** A parser for an option that takes a decimal number, such as a latitude. */
export function decimalNumber(option: string): (argument: string) => number {
  return (argument) => {
    const value = argument.trim() === "" ? Number.NaN : Number(argument);
    if (Number.isFinite(value)) return value;
    throw usageFailure(
      `${option} "${argument}" is not a number.`,
      `Write it in degrees with a point, as ${option} 52.52`,
      "usage.number",
    );
  };
}
