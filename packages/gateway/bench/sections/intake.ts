import { once } from "node:events";
import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { ratios, summary } from "../../../../testing/bench/statistics.ts";
import { startScript } from "../../torture/child-process.ts";
import type { StorePlace } from "../../torture/gateway-fleet.ts";
import type { IntakeReady, IntakeSettings } from "../intake-process.ts";
import type { LoadSettings } from "../load-process.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";

const connections = 64;
const contacts = 1000;
const warmUpMs = 1500;
const durationMs = 5000;

/** What one measurement of intake came to. */
interface Intake {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers that were not 201. */
  others: number;
}

const baseline = "the same server, storing nothing";

/** How many messages a second are answered with a durable 201. */
export const intake: Section = {
  name: "intake",
  title: "Intake",
  async run(options) {
    const figures = await interleave(candidates(options), options.rounds);
    const bare = (figures.get(baseline) ?? []).map(({ perSecond }) => perSecond);
    const rows = [...figures].map(([name, all]) => [
      name,
      summary(all.map(({ perSecond }) => perSecond)),
      summary(
        ratios(
          all.map(({ perSecond }) => perSecond),
          bare,
        ),
        2,
      ),
      summary(
        all.map(({ p50Ms }) => p50Ms),
        1,
      ),
      summary(
        all.map(({ p99Ms }) => p99Ms),
        1,
      ),
      summary(all.map(({ others }) => others)),
    ]);
    const columns = [`${connections} connections`, "201 a second", "ratio", "p50 ms", "p99 ms", "not 201"];
    return markdownTable(columns, rows);
  },
};

function candidates({ stores }: SectionOptions): Candidate<Intake>[] {
  const of = (name: string, delivers: boolean, place: () => Promise<StorePlace | undefined>) => ({
    name,
    measure: async () => measure(await place(), delivers),
  });
  return [
    of(baseline, false, async () => undefined),
    ...stores.kinds.flatMap((kind) => [
      of(storeTitles[kind], false, () => stores.empty(kind)),
      of(`${storeTitles[kind]}, delivering meanwhile`, true, () => stores.empty(kind)),
    ]),
  ];
}

async function measure(store: StorePlace | undefined, delivers: boolean): Promise<Intake> {
  const settings: IntakeSettings = { ...(store ? { store } : {}), contacts, delivers };
  const gateway = await startScript<IntakeReady>(new URL("../intake-process.ts", import.meta.url), settings);
  try {
    const load = await startScript(new URL("../load-process.ts", import.meta.url), {
      gateway: gateway.ready,
      connections,
      warmUpMs,
      durationMs,
    } satisfies LoadSettings);
    load.child.send("begin");
    const [figures] = (await once(load.child, "message")) as [Intake];
    await load.end("SIGKILL");
    return figures;
  } finally {
    await gateway.end("SIGKILL");
  }
}
