import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { ratios, summary } from "../../../../testing/bench/statistics.ts";
import type { StorePlace } from "../../torture/gateway-fleet.ts";
import { type Delivered, deliver } from "../deliver.ts";
import { evenly } from "../fill.ts";
import { measuredTraits } from "../measured-traits.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";
import { filled } from "./delivery.ts";

const contacts = 1000;

const few = 10_000;

/** How many are delivered of those that wait: as many as make a rate, and few enough that most go on waiting. */
const delivered = 8000;

/** Whether the rate holds however much waits. */
export const million: Section = {
  name: "million",
  title: "A million waiting",
  async run(options) {
    const tables: string[] = [];
    for (const kind of options.stores.kinds) {
      const many = Math.round(1_000_000 * options.scale);
      const startedAt = performance.now();
      const place = await filled(await options.stores.empty(kind), evenly(many, contacts));
      process.stderr.write(`${many} put in in ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`);
      tables.push(await table(kind, many, place, options));
    }
    return tables.join("\n\n");
  },
};

async function table(
  kind: StorePlace["kind"],
  many: number,
  full: StorePlace,
  options: SectionOptions,
): Promise<string> {
  const candidates: Candidate<Delivered>[] = [few, many].map((messages) => ({
    name: messages.toLocaleString("en"),
    measure: async () => {
      // The small one is used up with each round, the large one hardly gets smaller.
      const place =
        messages === few ? await filled(await options.stores.empty(kind), evenly(few, contacts)) : full;
      return deliver(
        { store: place, traits: measuredTraits, policy: {} },
        { processes: 1, messages: delivered },
      );
    },
  }));
  const figures = await interleave(candidates, options.rounds);
  const rates = (messages: number) =>
    (figures.get(messages.toLocaleString("en")) ?? []).map(({ perSecond }) => perSecond);
  const rows = [few, many].map((messages) => {
    const all = figures.get(messages.toLocaleString("en")) ?? [];
    return [
      messages.toLocaleString("en"),
      summary(rates(messages)),
      summary(ratios(rates(messages), rates(few)), 2),
      summary(all.map(({ rssMb }) => rssMb)),
      summary(all.map(({ readyInMs }) => readyInMs)),
    ];
  });
  const columns = [
    `waiting on ${storeTitles[kind]}`,
    "messages a second",
    "ratio",
    "MB of memory",
    "ms to start",
  ];
  return markdownTable(columns, rows);
}
