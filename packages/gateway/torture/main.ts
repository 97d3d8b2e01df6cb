import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { findPostgres } from "../../../testing/start-postgres.ts";
import { runLinkTorture } from "./link/run-link-torture.ts";
import { complaintsOf, rowOf, tableHead } from "./report.ts";
import { runScenario } from "./run-scenario.ts";
import { scenarios } from "./scenarios.ts";
import { tortureLateness, torturePolicy, tortureTraits } from "./torture-policy.ts";
import { runVendorTorture } from "./vendor/run-vendor-torture.ts";
import { type TorturedVendorName, torturedVendors } from "./vendor/tortured-vendors.ts";

const { values } = parseArgs({
  options: {
    store: { type: "string", multiple: true, default: ["sqlite", "postgres"] },
    only: {
      type: "string",
      multiple: true,
      default: [...scenarios.map(({ name }) => name), "link", "vendors"],
    },
    scale: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
});

const scale = Number(values.scale);
const seed = Number(values.seed);
const { leaseMs } = torturePolicy;
const { requestTimeoutMs, settleMs } = tortureTraits;
console.log(
  `Node ${process.versions.node}, ${cpus().length} processors, scale ${scale}, seed ${seed}. Mode \`reconcile\`; ` +
    `lease ${leaseMs} ms, request timeout ${requestTimeoutMs} ms, settling time ${settleMs} ms; late messages are ` +
    `applied within ${tortureLateness.lateMs[1]} ms, and the read-back lags by up to ${tortureLateness.readBackLagMs} ms.\n`,
);
console.log(tableHead);

const postgresPrograms = values.store.includes("postgres") ? findPostgres() : undefined;
const complaints: string[] = [];
for (const scenario of scenarios.filter(({ name }) => values.only.includes(name))) {
  for (const store of scenario.stores.filter((name) => values.store.includes(name))) {
    if (store === "postgres" && postgresPrograms === undefined) continue;
    const result = await runScenario(scenario, { store, scale, seed, postgresPrograms });
    console.log(rowOf(result));
    complaints.push(...complaintsOf(result));
  }
}
for (const store of ["sqlite", "postgres"] as const) {
  if (!values.only.includes("link") || !values.store.includes(store)) continue;
  if (store === "postgres" && postgresPrograms === undefined) continue;
  const size = { messages: 2000 * scale, customers: Math.max(10, 40 * scale), kills: 50 * scale };
  const {
    toCustomers,
    toGenesysCloud,
    kills,
    seconds,
    complaints: broken,
  } = await runLinkTorture({ ...size, store, postgresPrograms });
  console.log(
    `\nThe link to Genesys Cloud on ${store}, 10 % faults on each side: ${toGenesysCloud} messages to agents and ${toCustomers} ` +
      `to customers, ${kills} times \`kill -9\` of the gateway, ${seconds} s: ${broken.length} broken promises.`,
  );
  complaints.push(...broken);
}
for (const vendor of Object.keys(torturedVendors) as TorturedVendorName[]) {
  if (!values.only.includes("vendors")) continue;
  for (const store of ["sqlite", "postgres"] as const) {
    if (!values.store.includes(store) || (store === "postgres" && postgresPrograms === undefined)) continue;
    const size = { messages: 1000 * scale, customers: Math.max(10, 40 * scale), kills: 20 * scale, seed };
    const result = await runVendorTorture({ ...size, vendor, store, postgresPrograms });
    console.log(
      `\n${vendor}'s adapter and stand-in on ${store}, 8 % faults: ${result.messages} messages, of which a tenth long, ` +
        `${result.kills} times \`kill -9\` of the gateway, ${result.seconds} s: ${result.sent} sent, ${result.unknown} ` +
        `unknown, ${result.complaints.length} broken promises.`,
    );
    complaints.push(...result.complaints);
  }
}
if (complaints.length > 0) {
  console.error(`\n${complaints.join("\n")}`);
  process.exitCode = 1;
}
