import { cpus } from "node:os";
import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

/** How often both are measured in turn, and how often each runs in one measurement. */
const rounds = 31;
const repeats = 50;

await runScript(async () => {
  await setUp();
  const { carousel, postback, webUrl } = await import("@quickcard/content/builders");
  const { channelNames, degrade, lint } = await import("@quickcard/content/channels");
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
  const baseline = timed(() => JSON.parse(JSON.stringify(content)));
  const candidate = timed(() => {
    for (const channel of channelNames) {
      lint(content, channel);
      degrade(content, channel);
    }
  });
  /** @type {{ baseline: number[], candidate: number[] }} */
  const times = { baseline: [], candidate: [] };
  // The first only lets the engine compile.
  baseline();
  candidate();
  for (let round = 0; round < rounds; round += 1) {
    times.baseline.push(baseline());
    times.candidate.push(candidate());
  }
  const [base, own] = [median(times.baseline), median(times.candidate)];
  const name = `lint and degrade of a carousel of 10 cards for ${channelNames.length} channels`;
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? "processor"}\n`);
  console.log(`${name}, ${rounds} rounds of ${repeats}, each in turn with JSON there and back`);
  console.log(`  JSON.parse(JSON.stringify(carousel)): median ${base.toFixed(4)} ms`);
  console.log(`  ${name}: median ${own.toFixed(4)} ms`);
  console.log(`  ratio ${(own / base).toFixed(1)}, promised: less than 1 ms`);
});

/**
 * Measures what one run of a piece of work takes, in milliseconds.
 * @param {() => void} work
 */
function timed(work) {
  return () => {
    const startedAt = performance.now();
    for (let repeat = 0; repeat < repeats; repeat += 1) work();
    return (performance.now() - startedAt) / repeats;
  };
}

/** @param {number[]} times */
function median(times) {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN;
}
