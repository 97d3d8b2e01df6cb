import { type ChildScript, startScript } from "../torture/child-process.ts";
import type { DeliveryFigures, DeliverySettings } from "./delivery-process.ts";

/** What several processes came to together. */
export interface Delivered {
  delivered: number;
  outOfOrder: number;
  seconds: number;
  perSecond: number;
  /** Until the contacts with a single message had theirs. */
  singlesSeconds: number;
  cpuMsPerMessage: number;
  rssMb: number;
  /** How long the slowest took from its start until it could begin, its store opened. */
  readyInMs: number;
}

/** The processes that can deliver: the gateway's worker, or the least that does it by hand. */
const scripts = { gateway: "./delivery-process.ts", "by-hand": "./hand-written-loop-process.ts" } as const;

/** How long no message may be delivered before a measurement is given up. */
const patienceMs = 60_000;

/** Lets processes deliver until so many messages are delivered. */
export async function deliver(
  settings: DeliverySettings,
  { processes, messages, by = "gateway" }: { processes: number; messages: number; by?: keyof typeof scripts },
): Promise<Delivered> {
  const script = new URL(scripts[by], import.meta.url);
  const children: ChildScript<{ readyInMs: number }>[] = [];
  try {
    for (let index = 0; index < processes; index += 1) children.push(await startScript(script, settings));
    const done = untilDelivered(children, messages);
    for (const { child } of children) child.send("begin");
    await done;
    const figures = await Promise.all(children.map(finish));
    return summed(figures, Math.max(...children.map(({ ready }) => ready.readyInMs)));
  } finally {
    for (const child of children) await child.end("SIGKILL");
  }
}

function untilDelivered(children: readonly ChildScript<unknown>[], messages: number): Promise<void> {
  const counts = children.map(() => 0);
  return new Promise((resolve, reject) => {
    const giveUp = () =>
      reject(
        new Error(
          `${counts.join(" + ")} of ${messages} were delivered, and then none: ${children[0]?.complaints()}`,
        ),
      );
    let waiting = setTimeout(giveUp, patienceMs);
    for (const [index, { child }] of children.entries()) {
      child.on("message", ({ delivered }: { delivered: number }) => {
        if (delivered === counts[index]) return;
        counts[index] = delivered;
        clearTimeout(waiting);
        if (counts.reduce((sum, count) => sum + count, 0) >= messages) resolve();
        else waiting = setTimeout(giveUp, patienceMs);
      });
    }
  });
}

function finish({ child }: ChildScript<unknown>): Promise<DeliveryFigures> {
  return new Promise((resolve) => {
    child.on("message", (message: Partial<DeliveryFigures>) => {
      if (message.cpuMs !== undefined) resolve(message as DeliveryFigures);
    });
    child.send("end");
  });
}

function summed(figures: readonly DeliveryFigures[], readyInMs: number): Delivered {
  const total = (of: (figure: DeliveryFigures) => number) =>
    figures.reduce((sum, figure) => sum + of(figure), 0);
  const startedAt = Math.min(...figures.map((figure) => figure.startedAt));
  const seconds = (Math.max(...figures.map(({ lastAt }) => lastAt)) - startedAt) / 1000;
  const delivered = total((figure) => figure.delivered);
  return {
    delivered,
    outOfOrder: total((figure) => figure.outOfOrder),
    seconds,
    perSecond: delivered / seconds,
    singlesSeconds: (Math.max(...figures.map(({ singlesDoneAt }) => singlesDoneAt)) - startedAt) / 1000,
    cpuMsPerMessage: total(({ cpuMs }) => cpuMs) / delivered,
    rssMb: Math.max(...figures.map(({ rssMb }) => rssMb)),
    readyInMs,
  };
}
