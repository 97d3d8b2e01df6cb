// Sends messages to the upstream stand-in as programs do that have no gateway: from the parent's message on.
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import PQueue from "p-queue";
import { Agent, type Dispatcher, RetryAgent, request } from "undici";
import { settingsFromParent, tellParent } from "../../torture/parent-process.ts";

/** What a rival is told. */
export interface RivalSettings {
  kind: "tutorial" | "p-queue" | "no-retry";
  upstreamUrl: string;
  workers: number;
  /** The limit that `p-queue` is told. */
  allowedPerSecond: number;
  messages: RivalMessage[];
}

export interface RivalMessage {
  contactId: string;
  number: number;
}

const settings = settingsFromParent<RivalSettings>();
const agent = new Agent({ connections: settings.workers });

async function post(message: RivalMessage, dispatcher: Dispatcher) {
  const { statusCode, headers, body } = await request(
    `${settings.upstreamUrl}/contacts/${message.contactId}/messages`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: `${message.contactId}/${message.number}`, text: String(message.number) }),
      dispatcher,
    },
  );
  await body.dump();
  return { statusCode, retryAfter: headers["retry-after"] };
}

/** Some workers that share one list, each taking the next when it is done. */
async function withWorkers(send: (message: RivalMessage) => Promise<void>): Promise<void> {
  const left = settings.messages[Symbol.iterator]();
  const workers = Array.from({ length: settings.workers }, async () => {
    for (const message of left) await send(message);
  });
  await Promise.all(workers);
}

const programs: Record<RivalSettings["kind"], () => Promise<void>> = {
  // Three attempts; a 429 waits as long as it says, and counts; any other failure ends it.
  tutorial: () =>
    withWorkers(async (message) => {
      for (let retries = 0; retries < 3; retries += 1) {
        const { statusCode, retryAfter } = await post(message, agent);
        if (statusCode !== 429) return;
        await delay(Number(retryAfter ?? 5) * 1000);
      }
    }),
  "p-queue": async () => {
    const queue = new PQueue({
      concurrency: settings.workers,
      intervalCap: settings.allowedPerSecond,
      interval: 1000,
    });
    const retrying = new RetryAgent(agent, { methods: ["POST"], statusCodes: [429] });
    const all = settings.messages.map((message) => () => post(message, retrying).catch(() => undefined));
    await queue.addAll(all);
  },
  "no-retry": () =>
    withWorkers(async (message) => {
      await post(message, agent);
    }),
};

tellParent({ ready: true });
await once(process, "message");
await programs[settings.kind]();
tellParent({ done: true });
