import { carousel, postback, webUrl } from "@quickcard/content/builders";
import { channelNames, degrade, lint } from "@quickcard/content/channels";
import { interleave } from "../../../testing/bench/interleave.ts";
import { machine } from "../../../testing/bench/machine.ts";
import { median, ratios, summary } from "../../../testing/bench/statistics.ts";

const rounds = 31;
/** How often a piece of work is done in one round. */
const repeats = 50;

const content = carousel(
  Array.from({ length: 10 }, (_, index) => ({
    title: `Product ${index + 1}`,
    subtitle: "Check out our latest offering, in stock and with you tomorrow",
    image: { url: `https://example.com/images/product-${index}.jpg`, altText: "The product" },
    actions: [
      postback("Learn more about it", `learn_more_${index}`),
      webUrl("Visit our website", `https://example.com/products/${index}`),
    ],
  })),
);
const baseline = {
  name: "JSON.parse(JSON.stringify(carousel))",
  measure: async () => msOf(() => JSON.parse(JSON.stringify(content))),
};
const candidate = {
  name: `lint and degrade of a carousel of 10 cards for ${channelNames.length} channels`,
  measure: async () => msOf(lintAndDegrade),
};

// The first only lets the engine compile.
await interleave([baseline, candidate], 1, { announce: false });
const figures = await interleave([baseline, candidate], rounds, { announce: false });
const [base = [], own = []] = [baseline, candidate].map(({ name }) => figures.get(name));
console.log(
  `${machine()}. Medians of ${rounds} rounds of ${repeats}, in turn; the least and the most in brackets.\n`,
);
console.log(`${baseline.name}: ${summary(base, 4)} ms`);
console.log(`${candidate.name}: ${summary(own, 4)} ms, promised: less than 1 ms`);
console.log(`ratio ${median(ratios(own, base)).toFixed(1)}`);

function lintAndDegrade(): void {
  for (const channel of channelNames) {
    lint(content, channel);
    degrade(content, channel);
  }
}

/** What one run of a piece of work takes, in milliseconds. */
function msOf(work: () => void): number {
  const startedAt = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) work();
  return (performance.now() - startedAt) / repeats;
}
