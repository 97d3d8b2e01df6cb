import { interleave } from "../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../testing/bench/markdown-table.ts";
import { ratios, summary } from "../../../testing/bench/statistics.ts";
import { findPythonWithRequests } from "../../../testing/find-python.ts";
import { type Contestant, type Figures, startBareServer, startContestant } from "./contestant.ts";

const baseline = "undici.request";
const ours = "@quickcard/client, all layers";

const files: Readonly<Record<string, string>> = {
  [baseline]: "undici-request.mjs",
  [ours]: "quickcard.mjs",
  fetch: "fetch.mjs",
  axios: "axios.mjs",
  got: "got.mjs",
  ky: "ky.mjs",
  "purecloud-platform-client-v2": "purecloud.mjs",
  "Python requests": "python_requests.py",
};

export interface ThroughputOptions {
  readonly rounds: number;
  /** Of one measurement. */
  readonly ms: number;
  readonly atOnce: readonly number[];
  /** Names of contestants; all unless told. */
  readonly only: readonly string[] | undefined;
}

/** Sends against a bare server in another process, all clients in turn. Returns one Markdown table for each number at once. */
export async function throughput({ rounds, ms, atOnce, only }: ThroughputOptions): Promise<string> {
  const server = await startBareServer();
  const python = findPythonWithRequests();
  const contestants = new Map<string, Contestant>();
  for (const [name, file] of Object.entries(files)) {
    if (file.endsWith(".py") && python === undefined) continue;
    if (only && name !== baseline && !only.some((part) => name.includes(part))) continue;
    contestants.set(name, startContestant(file, server.url, python));
  }
  try {
    for (const contestant of contestants.values()) await contestant.measure(16, 2 * ms);
    const tables: string[] = [];
    for (const count of atOnce) {
      const candidates = [...contestants].map(([name, contestant]) => ({
        name,
        measure: () => contestant.measure(count, ms),
      }));
      tables.push(tableOf(count, await interleave(candidates, rounds)));
    }
    return tables.join("\n\n");
  } finally {
    for (const contestant of contestants.values()) contestant.end();
    server.end();
  }
}

function tableOf(atOnce: number, figures: ReadonlyMap<string, readonly Figures[]>): string {
  const of = (name: string, key: keyof Figures) => (figures.get(name) ?? []).map((one) => one[key]);
  const rows = [...figures.keys()].map((name) => [
    name,
    summary(of(name, "perSecond")),
    summary(ratios(of(name, "perSecond"), of(baseline, "perSecond")), 2),
    summary(of(name, "cpuUs")),
    summary(ratios(of(name, "cpuUs"), of(baseline, "cpuUs")), 2),
  ]);
  return markdownTable(
    [`${atOnce} at once`, "requests a second", `of ${baseline}`, "CPU µs a request", `of ${baseline}`],
    rows,
  );
}
