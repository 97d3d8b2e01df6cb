import { packDraft } from "@quickcard/content/designer-draft";
import type { Content } from "./contacts-api.ts";
import { InvalidArgumentError } from "./core.ts";

/** The link to a gateway's designer that shows a content. */
export async function previewUrl(baseUrl: string, content: Content): Promise<string> {
  const packed = await packDraft(JSON.stringify(content));
  if (packed !== undefined) return `${baseUrl}/designer#m=${packed}`;
  throw new InvalidArgumentError({
    message: "The message is too long for a link.",
    fix: "Open the designer at /designer, and paste the message as JSON.",
    argument: "contentOrMessage",
  });
}
