import type { Invalid } from "@quickcard/content";
import { InvalidMessageError } from "./errors/local-errors.ts";
import { loadPart } from "./load-part.ts";

/** Checks the body of a send, as JSON text. A notice that goes to ten thousand customers is checked once. */
export class MessageCheck {
  #lastValid: string | undefined;
  #validateMessage: typeof import("@quickcard/content/validate").validateMessage | undefined;

  /** Whether a body is the last one that was found valid. */
  knows(body: string): boolean {
    return body === this.#lastValid;
  }

  /** @throws InvalidMessageError */
  async check(body: string): Promise<void> {
    // Loaded with the first message: programs that only listen or read never need the schemas.
    this.#validateMessage ??= (
      await loadPart("validation", () => import("@quickcard/content/validate"))
    ).validateMessage;
    // Whether `http:` addresses are allowed is for the server to say.
    const result = this.#validateMessage(JSON.parse(body), { allowHttp: true });
    if (!result.ok) throw invalidMessageError(result);
    this.#lastValid = body;
  }
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
