import { setTimeout as delay } from "node:timers/promises";
import type { Scenario } from "./scenario.ts";
import { torturePolicy } from "./torture-policy.ts";
import { spread, type World } from "./world.ts";

/** About every seventh message meets one of these. */
const faults = {
  resetAfterApplied: 0.03,
  lateApply: 0.02,
  errorAfterApplied: 0.04,
  errorNotApplied: 0.06,
  slow: 0.1,
};

const full = { sends: 10_000, contacts: 200, senders: 64 };

/** Every torture, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  {
    name: "kill",
    title: "`kill -9` of the gateway",
    stores: ["sqlite", "postgres"],
    gateways: 1,
    ...full,
    upstream: {},
    trouble: killGateways,
  },
  {
    name: "faults",
    title: "`kill -9`, 15 % faults upstream, slow answers, echoes",
    stores: ["sqlite", "postgres"],
    gateways: 1,
    ...full,
    upstream: { faults, closedShare: 0.02, echoes: 0.3 },
    trouble: killGateways,
  },
  {
    name: "freeze",
    title: "`SIGSTOP` past the lease, `SIGCONT`",
    stores: ["sqlite", "postgres"],
    gateways: 4,
    ...full,
    // Few contacts and slow answers: there is work to be frozen in until the last of the stops.
    sends: 5000,
    contacts: 100,
    upstream: { serviceMs: [500, 950] },
    trouble: freezeGateways,
  },
  {
    name: "restart",
    title: "PostgreSQL `restart -m immediate`",
    stores: ["postgres"],
    gateways: 2,
    ...full,
    upstream: {},
    trouble: restartPostgres,
  },
  {
    name: "terminate",
    title: "`pg_terminate_backend` of all, every 500 ms",
    stores: ["postgres"],
    gateways: 2,
    ...full,
    upstream: {},
    trouble: terminateBackends,
  },
  {
    name: "cut-answer",
    title: "the sender's 201 cut off",
    stores: ["sqlite", "postgres"],
    gateways: 1,
    ...full,
    sends: 2000,
    upstream: {},
    cutSenders: [
      { matches: isSend, share: 0.06, limit: 100, at: "answer" },
      { matches: isSend, share: 0.06, limit: 100, at: "request" },
    ],
    trouble: countCuts,
  },
  {
    name: "cut-commit",
    title: "the database's word that it has committed cut off",
    stores: ["postgres"],
    gateways: 2,
    ...full,
    sends: 4000,
    upstream: {},
    cutDatabase: [
      { matches: isAccepting, share: 0.3, limit: 200, at: "answer" },
      { matches: isDelivering, share: 0.15, limit: 100, at: "answer" },
    ],
    trouble: countCuts,
  },
];

function isSend(bytes: Buffer): boolean {
  return bytes.includes("POST ") && bytes.includes("/messages HTTP/");
}

/** Each of the store's statements is a transaction of its own: its answer is the word that it is committed. */
function isAccepting(bytes: Buffer): boolean {
  return bytes.includes("quickcard.accept_messages");
}

function isDelivering(bytes: Buffer): boolean {
  return bytes.includes("quickcard.claim_lanes") || bytes.includes("quickcard.settle_lanes");
}

async function killGateways(world: World): Promise<string> {
  const { fleet, random, scale } = world;
  const kills = await spread(world, Math.round(100 * scale), async () => {
    await fleet.killAndRestart(random.integer(0, fleet.size - 1));
  });
  return `${kills} kills`;
}

/** Each is stopped for up to three times its leases, so that others take its lanes over. */
async function freezeGateways(world: World): Promise<string> {
  const { fleet, random, scale } = world;
  const frozen: Promise<void>[] = [];
  const stops = await spread(world, Math.round(50 * scale), async (index) => {
    const { leaseMs } = torturePolicy;
    const stop = fleet.freeze(index % fleet.size, random.integer(leaseMs * 1.1, leaseMs * 3));
    frozen.push(stop);
    // One at least goes on.
    if (index % fleet.size === fleet.size - 1 || fleet.size === 1) await stop;
    else await delay(random.integer(100, 1000));
  });
  await Promise.all(frozen);
  return `${stops} stops`;
}

async function restartPostgres(world: World): Promise<string> {
  const restarts = await spread(world, Math.round(30 * world.scale), async () => {
    await world.postgres?.restart("immediate");
  });
  return `${restarts} restarts`;
}

async function terminateBackends(world: World): Promise<string> {
  let rounds = 0;
  let ended = 0;
  while ((await world.progress()) < 0.99) {
    await delay(500);
    const answer = await world.postgres?.run(
      "SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    rounds += 1;
    ended += Number(answer?.rows[0]?.ended ?? 0);
  }
  return `${rounds} rounds, ${ended} connections`;
}

async function countCuts(world: World): Promise<string> {
  while (!world.isSent()) await delay(20);
  const cuts = world.proxies.flatMap((proxy) => proxy.cuts);
  return `${cuts.reduce((sum, count) => sum + count, 0)} cuts`;
}
