import type { Invalid } from "@quickcard/content";
import { InvalidMessageError } from "./errors/local-errors.ts";
import { loadPart } from "./load-part.ts";

/** Whether `http:` addresses are allowed is for the server to say. */
const allowed = { allowHttp: true };

/** Checks the body of a send, as JSON text. A notice that goes to ten thousand customers is checked once. */
export class MessageCheck {
  #lastValid: string | undefined;
  #isValid: typeof import("@quickcard/content/is-valid-message").isValidMessage | undefined;

  /** Whether a body is the last one that was found valid. */
  knows(body: string): boolean {
    return body === this.#lastValid;
  }

  /** @throws InvalidMessageError */
  async check(body: string): Promise<void> {
    // Loaded with the first message: programs that only listen or read never need the schemas.
    this.#isValid ??= (
      await loadPart("validation", () => import("@quickcard/content/is-valid-message"))
    ).isValidMessage;
    if (!this.#isValid(JSON.parse(body), allowed)) await explain(body);
    this.#lastValid = body;
  }
}

/** What says what is wrong is loaded when something is. */
async function explain(body: string): Promise<void> {
  const { validateMessage } = await loadPart("invalid messages", () => import("@quickcard/content/validate"));
  const result = validateMessage(JSON.parse(body), allowed);
  if (!result.ok) throw invalidMessageError(result);
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
