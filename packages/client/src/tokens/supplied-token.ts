import { ConfigurationError } from "../errors/local-errors.ts";
import type { TokenSource } from "./token-source.ts";
import { isToken } from "./token-text.ts";

/** A token of the user's own, or the function that supplies one: it is asked before each attempt and does its own caching. */
export type SuppliedToken = string | (() => string | Promise<string>);

/** Takes tokens from the user. A refused one is asked for again, once; the same text again is refused for good. */
export function suppliedToken(supplied: SuppliedToken): TokenSource {
  return {
    get: () => (typeof supplied === "string" ? checked(supplied) : ask(supplied)),
    discard: () => undefined,
  };
}

async function ask(supplier: () => string | Promise<string>): Promise<string> {
  return checked(await supplier());
}

function checked(token: unknown): string {
  if (isToken(token)) return token;
  throw new ConfigurationError({
    option: "token",
    message: "`token` gave something that cannot stand in an Authorization header",
    fix: "Give the access token alone, as text, without `Bearer` and without spaces or line ends.",
  });
}
