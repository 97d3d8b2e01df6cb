import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { ratios, summary } from "../../../../testing/bench/statistics.ts";
import { type Delivered, deliver } from "../deliver.ts";
import { measuredTraits } from "../measured-traits.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";
import { filled } from "./delivery.ts";

const others = 999;

/** Whether one contact's queue delays all others'. */
export const hotContact: Section = {
  name: "hot-contact",
  title: "One contact with 50,000 messages",
  async run(options) {
    const hot = Math.round(50_000 * options.scale);
    const figures = await interleave(candidates(hot, options), options.rounds);
    const rows = options.stores.kinds.flatMap((kind) => {
      const without = (figures.get(nameOf(kind, false)) ?? []).map(
        ({ singlesSeconds }) => singlesSeconds * 1000,
      );
      const beside = (figures.get(nameOf(kind, true)) ?? []).map(
        ({ singlesSeconds }) => singlesSeconds * 1000,
      );
      return [
        [nameOf(kind, false), summary(without), "1.00"],
        [nameOf(kind, true), summary(beside), summary(ratios(beside, without), 2)],
      ];
    });
    return markdownTable([`${others} contacts with one message each`, "ms until all have it", "ratio"], rows);
  },
};

function nameOf(kind: keyof typeof storeTitles, isBesideHot: boolean): string {
  return `${storeTitles[kind]}, ${isBesideHot ? "beside one with 50,000" : "alone"}`;
}

function candidates(hot: number, { stores }: SectionOptions): Candidate<Delivered>[] {
  const singles = Array.from({ length: others }, () => 1);
  return stores.kinds.flatMap((kind) =>
    [false, true].map((isBesideHot) => ({
      name: nameOf(kind, isBesideHot),
      measure: async () => {
        const place = await filled(await stores.empty(kind), isBesideHot ? [hot, ...singles] : singles);
        const settings = { store: place, traits: measuredTraits, policy: {} };
        return deliver(settings, { processes: 1, messages: isBesideHot ? others + 100 : others });
      },
    })),
  );
}
