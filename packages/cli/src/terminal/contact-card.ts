import type { Contact } from "@quickcard/client";
import type { Output } from "./output.ts";
import { text } from "./terminal-text.ts";

/** Shows a person all that is known of a contact. */
export function showContact(contact: Contact, output: Output): void {
  const rows: [string, string | undefined][] = [
    ["name", contact.displayName],
    ["channel", contact.channel],
    ["address", contact.address],
    ["state", contact.state],
    ["conversation", contact.conversationId],
    ["made", contact.createdAt],
    ["last heard", contact.lastInboundAt],
    ["page", contact.chatUrl],
    ...Object.entries(contact.attributes ?? {}),
  ];
  output.say(text`${output.style.bold(contact.id)}`);
  for (const [name, value] of rows) {
    if (value !== undefined) output.say(text`  ${name.padEnd(13)} ${value}`);
  }
}
