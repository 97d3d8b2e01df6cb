import type { Invalid } from "@quickcard/content";
import { InvalidMessageError } from "./errors/local-errors.ts";

/**
 * Makes the function that checks the body of a send, as JSON text, and throws an `InvalidMessageError`. A body like the last
 * valid one is not checked again: a notice that goes to ten thousand customers is checked once.
 */
export function createMessageCheck(): (body: string) => Promise<void> {
  let lastValid: string | undefined;
  let validateMessage: typeof import("@quickcard/content/validate").validateMessage | undefined;
  return async (body) => {
    if (body === lastValid) return;
    // Loaded with the first message: programs that only listen or read never need the schemas.
    validateMessage ??= (await import("@quickcard/content/validate")).validateMessage;
    // Whether `http:` addresses are allowed is for the server to say.
    const result = validateMessage(JSON.parse(body), { allowHttp: true });
    if (!result.ok) throw invalidMessageError(result);
    lastValid = body;
  };
}

function invalidMessageError({ issues }: Invalid): InvalidMessageError {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more, see issues)` : "";
  return new InvalidMessageError({
    message: `The message is not valid: ${first?.pointer || "/"} ${first?.message}${more}`,
    fix: first?.fix ?? "Change what `issues` names.",
    fate: "not_sent",
    issues,
  });
}
