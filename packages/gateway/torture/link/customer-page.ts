import { setTimeout as delay } from "node:timers/promises";
import type { OpenMessagingClient } from "@quickcard/client";
import type { ChatMessage, Timeline } from "@quickcard/web";

/** A customer's page that never gives up, as the real one does not. */
export interface Page {
  contactId: string;
  /** How many messages of the agent's it has shown. */
  readonly shown: number;
  write(text: string): Promise<void>;
  /** Shows what is new, again and again, and says what it has shown. */
  read(signal: AbortSignal): Promise<void>;
  /** The texts of the agent's that anybody sees who opens the page anew, in the order of the conversation. */
  texts(): Promise<string[]>;
}

/** How many messages one receipt names at most. */
const receiptSize = 100;

const readEveryMs = 200;

export async function openPage(client: OpenMessagingClient): Promise<Page> {
  const contact = await client.contacts.create({ channel: "web" });
  const url = String((contact as { chatUrl?: string }).chatUrl);
  let written = 0;
  const shown = new Set<string>();
  return {
    contactId: contact.id,
    get shown() {
      return shown.size;
    },
    async write(text) {
      written += 1;
      await untilTaken(`${url}/messages`, { clientMessageId: String(written), text });
    },
    async read(signal) {
      while (!signal.aborted) {
        const fresh = await readBack(url, (id) => shown.has(id));
        const ids = fresh.map(({ id }) => id);
        for (let from = 0; from < ids.length; from += receiptSize) {
          const messageIds = ids.slice(from, from + receiptSize);
          await untilTaken(`${url}/receipts`, { status: "delivered", messageIds });
          for (const id of messageIds) shown.add(id);
        }
        await delay(readEveryMs);
      }
    },
    async texts() {
      const all = await readBack(url, () => false);
      return all.map(({ content }) => ("text" in content ? content.text : content.type));
    },
  };
}

/** What the agent said that is not known yet: backwards until something is. */
async function readBack(url: string, isKnown: (id: string) => boolean): Promise<ChatMessage[]> {
  const all: ChatMessage[] = [];
  for (;;) {
    const before = all[0] ? `?before=${all[0].id}` : "";
    const { messages, hasEarlier } = await untilAnswered<Timeline>(() => fetch(`${url}/timeline${before}`));
    all.unshift(...messages);
    if (!hasEarlier || messages.some(({ id }) => isKnown(id))) break;
  }
  return all.filter(({ direction, id }) => direction === "outbound" && !isKnown(id));
}

function untilTaken(url: string, body: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return untilAnswered(() => fetch(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** The gateway may be down, or be killed while it answers, and its page is within limits. */
async function untilAnswered<Answer>(ask: () => Promise<Response>): Promise<Answer> {
  for (;;) {
    try {
      const answer = await ask();
      const text = await answer.text();
      if (answer.ok) return (text === "" ? undefined : JSON.parse(text)) as Answer;
    } catch {
      // Asked again below.
    }
    await delay(50);
  }
}
