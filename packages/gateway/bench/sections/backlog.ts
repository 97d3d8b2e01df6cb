import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { ratios, summary } from "../../../../testing/bench/statistics.ts";
import { startScript } from "../../torture/child-process.ts";
import { deliver } from "../deliver.ts";
import { evenly } from "../fill.ts";
import { measuredTraits } from "../measured-traits.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";
import { filled } from "./delivery.ts";

/** For how many contacts the messages wait: many for each, and a few for each. */
const spreads = [1000, 20_000] as const;

/** How many of what waits the gateway delivers in one measurement. */
const delivered = 20_000;

/** For how long the others are let work: they would take an hour to come to the end. */
const rivalSeconds = 15;

const rivalsFolder = new URL("../rivals/", import.meta.url);

/** Claims under a long backlog, beside other queues that keep an order for each key. */
export const backlog: Section = {
  name: "backlog",
  title: "Strict order under a long backlog, beside other queues on PostgreSQL",
  async run(options) {
    if (!options.stores.kinds.includes("postgres")) return "There is no PostgreSQL here.";
    installRivals();
    const waiting = Math.round(100_000 * options.scale);
    const tables: string[] = [];
    for (const contacts of spreads) tables.push(await compare(waiting, contacts, options));
    return tables.join("\n\n");
  },
};

async function compare(waiting: number, contacts: number, options: SectionOptions): Promise<string> {
  const figures = await interleave(candidates(waiting, contacts, options), options.rounds);
  const ours = figures.get(gatewayName) ?? [];
  const rows = [...figures].map(([name, all]) => [
    name,
    summary(all),
    name === gatewayName ? "" : summary(ratios(ours, all), 1),
  ]);
  const [messages, among] = [waiting, contacts].map((count) => count.toLocaleString("en"));
  return markdownTable([`${messages} for ${among} contacts`, "a second", "the gateway is faster by"], rows);
}

const gatewayName = `gateway on ${storeTitles.postgres}`;

function candidates(waiting: number, contacts: number, { stores }: SectionOptions): Candidate<number>[] {
  const rival = (name: string, script: string, batch: number) => ({
    name: `${name}, ${batch} at once`,
    measure: async () => {
      const place = await stores.empty("postgres");
      const url = place.kind === "postgres" ? place.url : "";
      const settings = { url, jobs: waiting, contacts, seconds: rivalSeconds, batch };
      const process = await startScript<{ perSecond: number }>(new URL(script, rivalsFolder), settings);
      await process.end("SIGKILL");
      return process.ready.perSecond;
    },
  });
  return [
    {
      name: gatewayName,
      measure: async () => {
        const store = await filled(await stores.empty("postgres"), evenly(waiting, contacts));
        const messages = Math.min(waiting, delivered);
        const settings = { store, traits: measuredTraits, policy: {} };
        return (await deliver(settings, { processes: 1, messages })).perSecond;
      },
    },
    rival("pg-boss `key_strict_fifo`", "pg-boss.mjs", 16),
    rival("pg-boss `key_strict_fifo`", "pg-boss.mjs", 64),
    rival("graphile-worker, a named queue for each contact", "graphile-worker.mjs", 16),
  ];
}

/** They are heavy, and nobody else needs them. */
function installRivals(): void {
  const folder = fileURLToPath(rivalsFolder);
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--workspaces=false"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
