import { InvalidArgumentError } from "./errors/local-errors.ts";

/**
 * The JSON text of what a call is given. It is made before anything is waited for, so that a caller may go on to change
 * what was passed.
 *
 * @throws InvalidArgumentError
 */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new InvalidArgumentError({
      argument: "body",
      message: "What is to be sent cannot be written as JSON",
      fix: "Pass plain objects, lists, texts, numbers and booleans, and nothing that holds itself.",
      cause,
    });
  }
}
