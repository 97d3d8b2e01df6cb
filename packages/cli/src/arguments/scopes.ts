import type { Scope } from "@quickcard/client";
import { nameList } from "./name-list.ts";

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
export const parseScopes = nameList("--scopes", scopes, "a scope");
