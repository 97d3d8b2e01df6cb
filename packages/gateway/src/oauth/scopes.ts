import type { Scope } from "@quickcard/client";

/** Every scope with what it opens. */
export const scopes: Readonly<Record<Scope, string>> = {
  "messages:send": "Send messages to contacts",
  "conversations:read": "Read contacts, messages and events",
  "conversations:write": "Create, change, close and delete contacts",
  "analytics:conversations:query": "Query conversation details",
};

/** Every scope by name. */
export const scopeNames: readonly Scope[] = Object.keys(scopes) as Scope[];

/** Whether a name is that of a scope. */
export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopes, name);
}

/** Splits the space-separated form of RFC 6749, section 3.3. */
export function splitScope(scope: string): string[] {
  return scope.split(" ").filter((name) => name !== "");
}
