import { StoreUnavailableError } from "@quickcard/gateway";
import { pino } from "pino";
import { expect, test } from "vitest";
import { outageLog } from "../src/outage-log.ts";
import { VirtualTime } from "./simulator/virtual-time.ts";

/** A log whose lines can be read, and time to let pass. */
function begin() {
  const time = new VirtualTime();
  const lines: { level: number; msg: string; seconds?: number }[] = [];
  const stop = new AbortController();
  const world = {
    monotonicNow: () => time.now,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => void time.schedule(milliseconds, resolve)),
  };
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const told = () =>
    lines.splice(0).map(({ msg, seconds }) => (seconds === undefined ? msg : [msg, seconds]));
  return { time, told, stop, onError: outageLog({ logger, world, stop: stop.signal }) };
}

const away = () => new StoreUnavailableError("The database does not answer.", "Wait.");

test("an outage of the store is told when it begins and when it is over, and each kind of work that rests once", async () => {
  const { time, told, onError } = begin();
  for (let second = 0; second < 60; second += 1) {
    onError(away(), "delivery rests");
    onError(away(), "subscribers wait");
    await time.run(time.now + 1000);
  }
  expect(told()).toEqual(["the store does not answer", "delivery rests", "subscribers wait"]);

  await time.run(time.now + 10_000);
  expect(told()).toEqual([["the store answers again", 59]]);

  onError(away(), "delivery rests");
  expect(told()).toEqual(["the store does not answer", "delivery rests"]);
});

test("what has nothing to do with the store is told each time", () => {
  const { told, onError } = begin();
  onError(new Error("odd"), "a task failed");
  onError(new Error("odd"), "a task failed");
  expect(told()).toEqual(["a task failed", "a task failed"]);
});

test("a gateway that stops during an outage says nothing of its end", async () => {
  const { time, told, stop, onError } = begin();
  onError(away(), "delivery rests");
  stop.abort();
  await time.run(time.now + 60_000);
  expect(told()).toEqual(["the store does not answer", "delivery rests"]);
});
