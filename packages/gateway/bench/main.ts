import { parseArgs } from "node:util";
import { machine } from "../../../testing/bench/machine.ts";
import { findPostgres } from "../../../testing/start-postgres.ts";
import { BenchStores } from "./bench-stores.ts";
import { backlog } from "./sections/backlog.ts";
import { delivery } from "./sections/delivery.ts";
import { hotContact } from "./sections/hot-contact.ts";
import { intake } from "./sections/intake.ts";
import { million } from "./sections/million.ts";
import { pace } from "./sections/pace.ts";

const sections = [pace, delivery, backlog, intake, million, hotContact];

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: sections.map(({ name }) => name) },
    store: { type: "string", multiple: true, default: ["sqlite", "postgres"] },
    rounds: { type: "string", default: "3" },
    scale: { type: "string", default: "1" },
  },
});

const programs = values.store.includes("postgres") ? findPostgres() : undefined;
const kinds = (["sqlite", "postgres"] as const).filter(
  (kind) => values.store.includes(kind) && (kind === "sqlite" || programs !== undefined),
);
const stores = new BenchStores(kinds, programs);
const rounds = Number(values.rounds);
console.log(
  `${machine()}. Medians of ${rounds} round${rounds === 1 ? "" : "s"}, all in turn; the least and the most in brackets.`,
);
try {
  for (const { title, run } of sections.filter(({ name }) => values.only.includes(name))) {
    console.log(`\n### ${title}\n\n${await run({ stores, rounds, scale: Number(values.scale) })}`);
  }
} finally {
  await stores.close();
}
