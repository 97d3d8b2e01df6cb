import { usageFailure } from "../errors/failure.ts";

/**
 * What was given as an argument or as an option of the same meaning.
 * @throws Failure if both or neither were given.
 */
export function operandOrOption(
  operand: string | undefined,
  option: string | undefined,
  name: string,
): string {
  if (operand !== undefined && option !== undefined) {
    throw usageFailure(`${name} was given twice.`, `Give it once: as --${name}, or without it`);
  }
  const given = operand ?? option;
  if (given !== undefined) return given;
  throw usageFailure(
    `The ${name} is missing.`,
    `Give it as --${name}, or as the argument`,
    "usage.missing_argument",
  );
}
