import { isObject } from "../../is-object.ts";
import type { Exchange } from "../desk-wire.ts";

/** Who called whom. */
export const kindNames: Record<Exchange["kind"], string> = {
  request: "API",
  webhook: "Webhook",
  "bot-connector": "Bot",
};

const longId = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/g;

/** What was called, short enough for a row: a webhook's host and path, of the API what tells one route from another; ids by their beginning. */
export function targetOf({ url, kind }: Pick<Exchange, "url" | "kind">): string {
  const place =
    kind === "request" || !URL.canParse(url)
      ? url
          .replace(/\?.*/, "")
          .replace("/api/v2/conversations/messages/", "…/messages/")
          .replace(/^\/api\/v2/, "")
      : url.slice(new URL(url).protocol.length + 2);
  return place.replace(longId, (id) => `${id.slice(0, 4)}…`);
}

/** Whether somebody would want to look at it: no answer, one that is no success, or a wrong signature. */
export function hasFailed({ status, isSignatureRight }: Exchange): boolean {
  return status === undefined || status >= 400 || isSignatureRight === false;
}

const longestGist = 90;

/** What an exchange is about, in a few words: the text or the kind of content of its body. */
export function gistOf({ requestBody, url }: Pick<Exchange, "requestBody" | "url">): string {
  const body = parseObject(requestBody);
  if (body === undefined) return "";
  const words = [body.text, body.textBody, textOf(body.buttonResponse)].find(
    (text) => typeof text === "string" && text !== "",
  );
  const kinds = [...new Set(kindsOf(body))].join(", ");
  const said = words === undefined ? "" : `“${cut(String(words))}”`;
  const status = url.endsWith("/receipt") && typeof body.status === "string" ? body.status.toLowerCase() : "";
  return [kinds, said, status].filter(Boolean).join(" ");
}

function kindsOf({ content, events, buttonResponse }: Record<string, unknown>): string[] {
  const named = (list: unknown, key: string) =>
    Array.isArray(list)
      ? list
          .map((item: unknown) => (isObject(item) ? item[key] : undefined))
          .filter((name) => typeof name === "string")
      : [];
  const attached = Array.isArray(content) && named(content, "contentType").length === 0 ? ["Attachment"] : [];
  const tapped = buttonResponse === undefined ? [] : ["ButtonResponse"];
  return [...named(content, "contentType"), ...attached, ...tapped, ...named(events, "eventType")];
}

function textOf(value: unknown): unknown {
  return isObject(value) ? value.text : undefined;
}

function cut(text: string): string {
  return text.length <= longestGist ? text : `${text.slice(0, longestGist)}…`;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
