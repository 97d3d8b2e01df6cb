import { shellWord } from "../../shell-word.ts";
import type { Exchange } from "../desk-wire.ts";

/** What curl or the connection itself adds. */
const ownHeaders = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
  "user-agent",
  "keep-alive",
]);

/** What the emulator writes in the place of a secret. */
const hidden = "(hidden)";

/** A command that does an exchange once more. What was secret stands as a variable of the shell. */
export function exchangeCurl({ method, url, requestHeaders, requestBody }: Exchange, origin: string): string {
  const headers = Object.entries(requestHeaders).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} ${shellWord(url.startsWith("/") ? origin + url : url)}`,
    ...headers.map(([name, value]) => `-H ${header(name, value)}`),
    ...(requestBody === "" ? [] : [`--data-binary ${shellWord(requestBody)}`]),
  ];
  return parts.join(" \\\n  ");
}

function header(name: string, value: string): string {
  if (value !== hidden) return shellWord(`${name}: ${value}`);
  if (name.toLowerCase() === "authorization") return `"${name}: Bearer $TOKEN"`;
  return `"${name}: $${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}"`;
}
