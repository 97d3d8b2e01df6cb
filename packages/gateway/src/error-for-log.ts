import { present } from "./json/json-fields.ts";

/** What is logged of an error. */
export interface LoggedError {
  type: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: LoggedError;
}

/** The most causes of one error that are told. */
const longestChain = 5;

/**
 * An error's kind, code, words and place, and the same of what caused it. Nothing else that an error carries is logged: a
 * database's quotes the row that it refused, and with it what a customer wrote.
 */
export function errorForLog(error: unknown, chain = longestChain): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const { name, message, stack, cause } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cut = cause === undefined || chain === 1;
  return {
    type: name,
    message,
    ...present({ code, stack, cause: cut ? undefined : errorForLog(cause, chain - 1) }),
  };
}
