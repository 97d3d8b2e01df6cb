import type { MessageBody } from "@quickcard/content";
import { Failure } from "../errors/failure.ts";

/**
 * Checks the whole body of a send, so that a mistake shows without a server. `http:` media pass: whether they will
 * do is the server's to say.
 * @throws Failure listing everything that is wrong.
 */
export async function checkMessage(body: unknown): Promise<MessageBody> {
  const { validateMessage } = await import("@quickcard/content/validate");
  const result = validateMessage(body, { allowHttp: true });
  if (result.ok) return result.message;
  const [first] = result.issues;
  const more = result.issues.length > 1 ? ` It has ${result.issues.length} faults:` : "";
  throw new Failure({
    code: "invalid_message",
    message: `${first?.code === "invalid.content.type" ? "Invalid content type. " : ""}The message cannot be sent.${more}`,
    fix: first?.fix ?? "Change what is listed.",
    details: { issues: result.issues },
  });
}
