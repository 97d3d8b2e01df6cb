import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "./pack.js";
import { setUp } from "./set-up.js";
import { npmCommand, runScript, runStep } from "./step.js";

/**
 * What a candidate costs beside a baseline, measured in turn in the same run so that both meet the same machine.
 * @typedef {object} Comparison
 * @property {string} name
 * @property {string} baselineName
 * @property {number} rounds
 * @property {() => number} measureBaseline Milliseconds.
 * @property {() => number} measureCandidate Milliseconds.
 */

await runScript(async () => {
  await setUp();
  const folder = mkdtempSync(join(tmpdir(), "quickcard-bench-"));
  try {
    console.log(
      `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "processor"}\n`,
    );
    report(await importOfTheClient(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * The packed client, alone in a project: what a program's start pays for importing it.
 * @param {string} folder
 * @returns {Promise<Comparison>}
 */
async function importOfTheClient(folder) {
  const packed = await pack(folder, ["packages/content", "packages/client"]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", `--prefix=${folder}`];
  const tarballs = packed.map(({ tarball }) => tarball);
  await runStep("Installing the client alone", npmCommand("install", ...flags, ...tarballs), {
    directory: folder,
  });
  writeFileSync(join(folder, "nothing.mjs"), "");
  writeFileSync(join(folder, "client.mjs"), 'import "@quickcard/client";');
  return {
    name: "import of the client",
    baselineName: "bare Node",
    rounds: 21,
    measureBaseline: () => timeToRun(join(folder, "nothing.mjs")),
    measureCandidate: () => timeToRun(join(folder, "client.mjs")),
  };
}

/** @param {string} script */
function timeToRun(script) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

/** @param {Comparison} comparison */
function report({ name, baselineName, rounds, measureBaseline, measureCandidate }) {
  /** @type {number[]} */
  const baseline = [];
  /** @type {number[]} */
  const candidate = [];
  // The first of each only warms the file cache.
  measureBaseline();
  measureCandidate();
  for (let round = 0; round < rounds; round += 1) {
    baseline.push(measureBaseline());
    candidate.push(measureCandidate());
  }
  const ratio = median(candidate) / median(baseline);
  const added = median(candidate) - median(baseline);
  console.log(`${name}, ${rounds} rounds, each in turn with ${baselineName}`);
  console.log(`  ${baselineName}: ${summary(baseline)}`);
  console.log(`  ${name}: ${summary(candidate)}`);
  console.log(`  ratio ${ratio.toFixed(2)}, ${added.toFixed(1)} ms more`);
}

/** @param {number[]} times */
function summary(times) {
  const sorted = times.toSorted((left, right) => left - right);
  const [quarter, threeQuarters] = [0.25, 0.75].map((part) => sorted[Math.floor(part * (sorted.length - 1))]);
  return `median ${median(times).toFixed(1)} ms, half within ${quarter?.toFixed(1)}–${threeQuarters?.toFixed(1)} ms`;
}

/** @param {number[]} times */
function median(times) {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN;
}
