import { once } from "node:events";
import { startScript } from "../../torture/child-process.ts";
import type { RivalMessage, RivalSettings } from "./rival-process.ts";

/** Lets a program send messages from several processes, each of which has every so-many-th contact. */
export async function runRival(
  settings: Omit<RivalSettings, "messages">,
  messages: readonly RivalMessage[],
  processes: number,
): Promise<void> {
  const script = new URL("./rival-process.ts", import.meta.url);
  const contacts = [...new Set(messages.map(({ contactId }) => contactId))];
  const processOf = new Map(contacts.map((contactId, index) => [contactId, index % processes]));
  const children = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      startScript(script, {
        ...settings,
        messages: messages.filter(({ contactId }) => processOf.get(contactId) === index),
      } satisfies RivalSettings),
    ),
  );
  const done = Promise.all(children.map(({ child }) => once(child, "message")));
  for (const { child } of children) child.send("begin");
  await done;
  for (const child of children) await child.end("SIGKILL");
}
