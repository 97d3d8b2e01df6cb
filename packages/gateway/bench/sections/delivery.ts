import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { summary } from "../../../../testing/bench/statistics.ts";
import type { StorePlace } from "../../torture/gateway-fleet.ts";
import { openStore } from "../../torture/open-store.ts";
import { type Delivered, deliver } from "../deliver.ts";
import { evenly, fill } from "../fill.ts";
import { measuredTraits } from "../measured-traits.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";

const contacts = 1000;

/** Delivering to a channel that takes everything at once. */
export const delivery: Section = {
  name: "delivery",
  title: "Delivery to a null channel",
  async run(options) {
    const messages = contacts * Math.max(1, Math.round(20 * options.scale));
    const figures = await interleave(candidates(messages, options), options.rounds);
    const rows = [...figures].map(([name, all]) => [
      name,
      summary(all.map(({ perSecond }) => perSecond)),
      summary(all.map(({ cpuMsPerMessage }) => cpuMsPerMessage * 1000)),
      summary(all.map(({ outOfOrder }) => outOfOrder)),
      summary(all.map(({ rssMb }) => rssMb)),
    ]);
    const columns = ["", "messages a second", "µs of processor each", "out of order", "MB of memory"];
    return `${messages.toLocaleString("en")} messages to ${contacts} contacts, strict order.\n\n${markdownTable(columns, rows)}`;
  },
};

function candidates(messages: number, { stores }: SectionOptions): Candidate<Delivered>[] {
  const of = (
    name: string,
    kind: StorePlace["kind"],
    how: Omit<Parameters<typeof deliver>[1], "messages">,
  ) => ({
    name: `${name} on ${storeTitles[kind]}`,
    measure: async () => {
      const place = await filled(await stores.empty(kind), evenly(messages, contacts));
      return await deliver({ store: place, traits: measuredTraits, policy: {} }, { ...how, messages });
    },
  });
  return stores.kinds.flatMap((kind) => [
    of("one gateway", kind, { processes: 1 }),
    ...(kind === "postgres"
      ? [
          of("two gateways", kind, { processes: 2 }),
          of("a loop by hand, nothing recorded,", kind, { processes: 1, by: "by-hand" }),
        ]
      : []),
  ]);
}

/** The same place, with messages that wait. */
export async function filled(place: StorePlace, messagesOf: readonly number[]): Promise<StorePlace> {
  const store = await openStore(place);
  await fill(store, { messagesOf });
  await store.close();
  return place;
}
