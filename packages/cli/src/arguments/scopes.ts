import type { Scope } from "@quickcard/client";
import { usageFailure } from "../errors/failure.ts";

const meanings: Record<Scope, string> = {
  "messages:send": "send messages",
  "conversations:read": "read contacts, messages and events",
  "conversations:write": "create, close, reopen and delete contacts",
  "analytics:conversations:query": "query the history of conversations",
};

/** The scopes that a client can be given. */
export const scopes = Object.keys(meanings) as Scope[];

/** The scopes with what each allows, for help texts. */
export const scopeMeanings = Object.entries(meanings)
  .map(([scope, meaning]) => `${scope} (${meaning})`)
  .join(", ");

/** Reads `--scopes a,b`. */
export function parseScopes(argument: string): Scope[] {
  const names = argument.split(/[\s,]+/).filter((name) => name !== "");
  const unknown = names.find((name) => !isScope(name));
  if (names.length > 0 && unknown === undefined) return names.filter(isScope);
  throw usageFailure(
    unknown === undefined ? "--scopes names no scope." : `--scopes names "${unknown}", which is not a scope.`,
    `Choose from ${scopes.join(",")}`,
    "usage.scopes",
  );
}

function isScope(name: string): name is Scope {
  return Object.hasOwn(meanings, name);
}
