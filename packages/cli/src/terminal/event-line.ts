import type { Event } from "@quickcard/client";
import { contentLine } from "./content-line.ts";
import { localTime } from "./local-time.ts";
import type { Style } from "./style.ts";
import { type TerminalText, text } from "./terminal-text.ts";

const describe: {
  [Type in Event["type"]]: (event: Extract<Event, { type: Type }>, style: Style) => TerminalText;
} = {
  "message.inbound": ({ message }, style) => text`${style.green("customer")} ${contentLine(message.content)}`,
  "message.status": ({ messageId, status, reason }, style) =>
    text`${status === "failed" ? style.red(status) : style.dim(status)} message ${messageId}${reason ? `: ${reason}` : ""}`,
  "conversation.state": ({ state }, style) => text`${style.yellow("conversation")} ${state}`,
};

/** An event, on one line, for people. */
export function eventLine(event: Event, style: Style): TerminalText {
  const describeOne = describe[event.type] as ((event: Event, style: Style) => TerminalText) | undefined;
  // A newer server may know types that this command does not.
  const what = describeOne?.(event, style) ?? text`${event.type}`;
  return text`${style.dim(localTime(event.timestamp))} ${what} ${style.dim(`contact ${event.contactId}`)}`;
}
