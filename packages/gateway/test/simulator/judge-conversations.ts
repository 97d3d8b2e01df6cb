import { markedMessageId } from "../../src/genesys-cloud/transcript.ts";
import type { Store } from "../../src/store/store.ts";
import type { SimulatedCloud } from "./simulated-cloud.ts";
import type { SimulatedWebhooks } from "./simulated-webhooks.ts";

/** What a run came to. Everything but the counts is a broken promise. */
export interface LinkVerdict {
  seed: number;
  /** Messages each way, texts for agents, and webhooks that lay on disk. */
  counts: { toCustomer: number; toGenesysCloud: number; transcripts: number; spooled: number };
  lost: string[];
  duplicated: string[];
  outOfOrder: string[];
  untrue: string[];
  /** Webhooks that were not answered in time. */
  unanswered: string[];
}

/** What everybody said, in the order in which they said it, by contact. */
export interface Said {
  contactIds: readonly string[];
  byCustomer: Map<string, string[]>;
  byProgram: Map<string, string[]>;
  byAgent: Map<string, string[]>;
}

/** What there is to see when all is over. */
interface Judged {
  store: Store;
  cloud: SimulatedCloud;
  webhooks: SimulatedWebhooks;
  said: Said;
}

/** Compares what arrived with what was said. */
export async function judgeConversations(
  seed: number,
  { store, cloud, webhooks, said }: Judged,
): Promise<LinkVerdict> {
  const verdict: LinkVerdict = {
    seed,
    counts: { toCustomer: 0, toGenesysCloud: 0, transcripts: 0, spooled: webhooks.spooled },
    lost: [],
    duplicated: [],
    outOfOrder: [],
    untrue: [],
    unanswered: webhooks.unanswered,
  };
  for (const contactId of said.contactIds) await judgeContact(verdict, contactId, store, cloud, said);
  return verdict;
}

async function judgeContact(
  verdict: LinkVerdict,
  contactId: string,
  store: Store,
  cloud: SimulatedCloud,
  said: Said,
): Promise<void> {
  const history = await store.listMessages(contactId, { order: "oldest-first", limit: 1000 });
  const shown = history.filter((message) => message.direction === "outbound" && message.status === "sent");
  const byProgram = new Set(said.byProgram.get(contactId));
  const fromAgents = shown.filter(({ id }) => !byProgram.has(id));
  const seen = fromAgents.map(({ content }) => (content.type === "text" ? content.text : content.type));
  compare(verdict, `agent to ${contactId}`, seen, said.byAgent.get(contactId) ?? []);
  compare(
    verdict,
    `program to ${contactId}`,
    shown.filter(({ id }) => byProgram.has(id)).map(({ id }) => id),
    [...byProgram],
  );

  const transcript = cloud.transcript(contactId);
  const inbound = transcript.filter(({ direction }) => direction === "inbound");
  const heard = inbound.map(({ providerMessageId = "" }) => providerMessageId);
  compare(verdict, `${contactId} to agents`, heard, said.byCustomer.get(contactId) ?? []);
  const told = transcript.flatMap(({ normalizedMessage }) => markedMessageId(normalizedMessage?.text) ?? []);
  compare(verdict, `transcript of ${contactId}`, told, [...byProgram]);
  verdict.counts.toCustomer += shown.length;
  verdict.counts.toGenesysCloud += heard.length;
  verdict.counts.transcripts += told.length;
}

/** What arrived, against what was said. */
function compare(
  verdict: LinkVerdict,
  what: string,
  arrived: readonly string[],
  said: readonly string[],
): void {
  const counts = (list: readonly string[]) =>
    list.reduce((all, one) => all.set(one, (all.get(one) ?? 0) + 1), new Map<string, number>());
  const [there, expected] = [counts(arrived), counts(said)];
  for (const [one, count] of expected) {
    const found = there.get(one) ?? 0;
    if (found < count) verdict.lost.push(`${what}: ${one}`);
    if (found > count) verdict.duplicated.push(`${what}: ${one}`);
  }
  for (const one of there.keys()) if (!expected.has(one)) verdict.untrue.push(`${what}: ${one}`);
  const isWhole = arrived.length === said.length;
  if (isWhole && arrived.some((one, place) => one !== said[place])) verdict.outOfOrder.push(what);
}
