import type { Content } from "../../content.ts";
import { type JsonObject, notShown } from "./json.ts";

/** A text message. */
export function renderSms(content: Content): JsonObject {
  if (content.type !== "text") throw notShown("SMS", content.type);
  return { text: content.text };
}
