import type { InboundContent, Tap } from "@quickcard/client";
import { type Answer, resolveAnswer } from "@quickcard/content/channels";
import type { ContactRecord, OutboundRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";

/** The part of the store by which answers are read. */
export type AnswerStore = Pick<Store, "findMessage" | "listMessages" | "findRenderings">;

/** How many of the newest entries of a conversation are looked through for the question that a typed text answers. */
const lookedThrough = 20;

const shownStatuses: readonly string[] = [
  "sending",
  "ambiguous",
  "reconciling",
  "sent",
  "delivered",
  "read",
  "unknown",
];

/** What a tap that came back from a channel means; `undefined` where its id is none that we gave out. */
export async function readTap(
  store: AnswerStore,
  contact: ContactRecord,
  { id, label }: { id: string; label?: string },
): Promise<Tap | undefined> {
  const [messageId = ""] = id.split(".");
  const message = await store.findMessage(contact.id, messageId);
  if (message?.direction !== "outbound") return undefined;
  const rendering = (await store.findRenderings([messageId])).get(messageId);
  const answer = rendering && resolveAnswer(rendering, { payload: id });
  return answer && toTap(messageId, answer, label);
}

/**
 * What a customer wrote: a tap, where it answers the newest question by a number that stands in it, or by a label or
 * value that could not be tapped; otherwise the text.
 */
export async function readText(
  store: AnswerStore,
  contact: ContactRecord,
  text: string,
): Promise<InboundContent> {
  const rows = await store.listMessages(contact.id, { order: "newest-first", limit: lookedThrough });
  const shown = rows.filter(
    (row): row is OutboundRecord & { seq: number } =>
      row.direction === "outbound" && shownStatuses.includes(row.status),
  );
  const renderings = await store.findRenderings(shown.map(({ id }) => id));
  for (const { id } of shown) {
    const answers = renderings.get(id)?.answers ?? [];
    if (answers.length === 0) continue;
    // Only what is answered by typing has a number; the rest of it is answered by taps.
    const answer = answers.some(({ number }) => number !== undefined) && resolveAnswer({ answers }, { text });
    return answer ? toTap(id, answer) : { type: "text", text };
  }
  return { type: "text", text };
}

function toTap(messageId: string, answer: Answer, label?: string): Tap {
  const { kind, card, choice, value } = answer;
  const place = card === undefined ? { choice } : { card, choice };
  // A template's label stands at the vendor's; of others the sender's own is told, whatever was cut of it.
  return { type: "tap", kind, messageId, ...place, label: answer.label || (label ?? value), value };
}
