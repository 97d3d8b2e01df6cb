import type { Content } from "@quickcard/content";
import type { Store } from "../../src/store/store.ts";
import type { Said } from "./judge-conversations.ts";
import type { Random } from "./random.ts";
import type { SimulatedCloud } from "./simulated-cloud.ts";
import type { VirtualTime } from "./virtual-time.ts";

const minute = 60_000;

/** What is played to whom, until when. */
interface Play {
  store: Store;
  cloud: SimulatedCloud;
  time: VirtualTime;
  random: Random;
  contactIds: readonly string[];
  untilMs: number;
}

/** Customers, agents and a program write over the time of trouble. Agents at times write the very words of the program. */
export function playConversations({ store, cloud, time, random, contactIds, untilMs }: Play): Said {
  const said: Said = { contactIds, byCustomer: new Map(), byProgram: new Map(), byAgent: new Map() };
  const words = ["Hello", "How are you?", "Your order is here"];
  for (const contactId of contactIds) {
    const note = (whose: Map<string, string[]>, what: string) =>
      whose.set(contactId, [...(whose.get(contactId) ?? []), what]);
    const at = () => random.integer(1, untilMs);
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const id = uuid(random);
      time.schedule(at(), () => {
        note(said.byCustomer, id);
        void store.acceptInbound({
          id,
          contactId,
          direction: "inbound",
          status: "received",
          content: { type: "text", text: random.pick(["Hi", "Yes", "No"]) },
          clientMessageId: id,
          createdAt: time.now,
        });
      });
    }
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const id = uuid(random);
      const content: Content = { type: "text", text: random.pick(["Hello", ...words]) };
      time.schedule(at(), () => {
        note(said.byProgram, id);
        void store.acceptMessage({
          id,
          contactId,
          direction: "outbound",
          status: "queued",
          content,
          mode: "reconcile",
          expiresAt: time.now + 60 * minute,
          createdAt: time.now,
        });
      });
    }
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const text = random.pick(["Hello", ...words]);
      time.schedule(at(), () => {
        note(said.byAgent, text);
        cloud.agentSays(contactId, text);
      });
    }
  }
  return said;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
