import { parseArgs } from "node:util";
import { machine } from "../../../testing/bench/machine.ts";
import { installRivals } from "./install-rivals.ts";
import { throughput } from "./throughput.ts";
import { weight } from "./weight.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    ms: { type: "string", default: "400" },
    "at-once": { type: "string", multiple: true, default: ["1", "16", "64"] },
    only: { type: "string", multiple: true },
    section: { type: "string", multiple: true, default: ["throughput", "weight"] },
  },
});

const rounds = Number(values.rounds);
installRivals();
console.log(`${machine()}. Medians of ${rounds} rounds, all in turn; the least and the most in brackets.`);
if (values.section.includes("throughput")) {
  const atOnce = values["at-once"].map(Number);
  const table = await throughput({ rounds, ms: Number(values.ms), atOnce, only: values.only });
  console.log(`\n### Sending\n\n${table}`);
}
if (values.section.includes("weight")) console.log(`\n### Weight\n\n${await weight(rounds)}`);
