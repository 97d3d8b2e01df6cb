import { limits } from "../limits.ts";
import { adviseOn } from "./advice.ts";
import { redactBody, redactHeaders } from "./redact.ts";
import type { WireLogEntry } from "./wire-log.ts";

/** An entry with what to do about it, where it went wrong. */
export type PresentedEntry = WireLogEntry & { advice?: string };

/** An entry as it leaves the emulator: secrets hidden, long bodies cut. */
export function presentEntry(entry: WireLogEntry): PresentedEntry {
  const advice = adviseOn(entry);
  const { requestHeaders, requestBody, responseHeaders, responseBody } = entry;
  return {
    ...entry,
    requestHeaders: redactHeaders(requestHeaders),
    requestBody: show(requestBody),
    ...(advice === undefined ? {} : { advice }),
    ...(responseHeaders === undefined ? {} : { responseHeaders: redactHeaders(responseHeaders) }),
    ...(responseBody === undefined ? {} : { responseBody: show(responseBody) }),
  };
}

function show(body: string): string {
  const most = limits.bodyBytes.value;
  const redacted = redactBody(body);
  return redacted.length <= most ? redacted : `${redacted.slice(0, most)}…`;
}
