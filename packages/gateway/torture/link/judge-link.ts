import type { Emulator } from "@quickcard/emulator";
import type { Page } from "./customer-page.ts";

/** One customer and the conversation that Genesys Cloud has with them. */
export interface Pair {
  page: Page;
  conversationId: string;
}

/** What was said in each conversation, by either side, in order. */
export interface Said {
  byCustomer: readonly string[];
  byAgent: readonly string[];
}

/** Compares what arrived with what was said, and receipts with what the pages showed. */
export async function judgeLink(emulator: Emulator, pairs: readonly Pair[], said: Said): Promise<string[]> {
  const judged = pairs.map(async ({ page, conversationId }) => {
    const all = emulator.agent().messages(conversationId);
    const heard = all.filter(({ direction }) => direction === "inbound").map(textOf);
    return [
      ...compare(`${page.contactId} to the agent`, heard, said.byCustomer),
      ...compare(`the agent to ${page.contactId}`, await page.texts(), said.byAgent),
      ...all.flatMap((message) => complainOfReceipt(message, page.contactId)),
    ];
  });
  return (await Promise.all(judged)).flat();
}

type Message = ReturnType<ReturnType<Emulator["agent"]>["messages"]>[number];

function textOf({ normalizedMessage }: Message): string {
  return normalizedMessage.text ?? "";
}

/** Whether Genesys Cloud has the last word on a message of the agent's. */
export function isReceipted(message: Message): boolean {
  return message.direction === "inbound" || message.status === trueStatusOf(message);
}

/** A message without text is one that no channel can show. */
function trueStatusOf(message: Message): Message["status"] {
  return textOf(message) === "" ? "delivery-failed" : "delivery-success";
}

function complainOfReceipt(message: Message, contactId: string): string[] {
  if (isReceipted(message)) return [];
  const what = textOf(message) === "" ? "what cannot be shown" : textOf(message);
  return [`the receipt of ${what} to ${contactId} says ${message.status}`];
}

function compare(what: string, arrived: readonly string[], said: readonly string[]): string[] {
  const places = arrived.map((one) => said.indexOf(one));
  const lost = said.filter((one) => !arrived.includes(one)).map((one) => `${what}: ${one} is lost`);
  const twice = arrived
    .filter((one, place) => arrived.indexOf(one) !== place)
    .map((one) => `${what}: ${one} came twice`);
  const strange = arrived.filter((_, at) => places[at] === -1).map((one) => `${what}: nobody said ${one}`);
  const isOrdered = places.every((place, at) => at === 0 || place >= (places[at - 1] ?? 0));
  return [...lost, ...twice, ...strange, ...(isOrdered ? [] : [`${what}: out of order`])];
}
