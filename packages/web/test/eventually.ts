import { expect, vi } from "vitest";

/** Long enough for a busy machine; whatever holds, holds much sooner. */
const patience = { timeout: 15_000, interval: 20 };

/** Waits until an assertion holds. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, patience);
}

/** An assertion on what something comes to be. */
export function expectSoon<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, patience);
}
