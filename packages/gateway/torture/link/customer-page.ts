import { setTimeout as delay } from "node:timers/promises";
import type { OpenMessagingClient } from "@quickcard/client";
import type { Timeline } from "@quickcard/web";

/** A customer's page that never gives up, as the real one does not. */
export interface Page {
  contactId: string;
  /** The texts that it shows of the agent's, in the order of the conversation. */
  shown: string[];
  write(text: string): Promise<void>;
  /** Reads what there is, again and again, and says what it has shown. */
  read(signal: AbortSignal): Promise<void>;
}

/** How many messages one page of the timeline has at most. */
const pageLength = 100;

export async function openPage(client: OpenMessagingClient): Promise<Page> {
  const contact = await client.contacts.create({ channel: "web" });
  const url = String((contact as { chatUrl?: string }).chatUrl);
  let written = 0;
  const receipted = new Set<string>();
  const page: Page = {
    contactId: contact.id,
    shown: [],
    async write(text) {
      written += 1;
      await untilTaken(`${url}/messages`, { clientMessageId: String(written), text });
    },
    async read(signal) {
      while (!signal.aborted) {
        const messages = await readTimeline(url);
        const outbound = messages.filter(({ direction }) => direction === "outbound");
        page.shown = outbound.map(({ content }) => ("text" in content ? content.text : content.type));
        const fresh = outbound.map(({ id }) => id).filter((id) => !receipted.has(id));
        for (let from = 0; from < fresh.length; from += pageLength) {
          const messageIds = fresh.slice(from, from + pageLength);
          await untilTaken(`${url}/receipts`, { status: "delivered", messageIds });
          for (const id of messageIds) receipted.add(id);
        }
        await delay(200);
      }
    },
  };
  return page;
}

async function readTimeline(url: string): Promise<Timeline["messages"]> {
  const all: Timeline["messages"] = [];
  for (;;) {
    const before = all[0] ? `?before=${all[0].id}` : "";
    const timeline = await untilAnswered<Timeline>(() => fetch(`${url}/timeline${before}`));
    all.unshift(...timeline.messages);
    if (!timeline.hasEarlier) return all;
  }
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
