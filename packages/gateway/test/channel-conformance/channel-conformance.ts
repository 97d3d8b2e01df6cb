import { describe, expect, test } from "vitest";
import { adaptationTests } from "./adaptation-tests.ts";
import type { ChannelCase } from "./channel-case.ts";
import { type ChannelTest, type Subject, subjects } from "./channel-test.ts";
import { startChannelWorld } from "./channel-world.ts";
import { doubtTests } from "./doubt-tests.ts";
import { failureTests } from "./failure-tests.ts";
import { intakeTests } from "./intake-tests.ts";
import { partTests } from "./part-tests.ts";
import { receiptTests } from "./receipt-tests.ts";
import { signatureTests } from "./signature-tests.ts";
import type { TestStore } from "./test-stores.ts";
import { typeTests } from "./type-tests.ts";
import { windowTests } from "./window-tests.ts";

const channelTests: readonly ChannelTest[] = [
  ...intakeTests,
  ...typeTests,
  ...adaptationTests,
  ...receiptTests,
  ...windowTests,
  ...failureTests,
  ...signatureTests,
  ...doubtTests,
  ...partTests,
];

/** Declares what every channel has to do, whatever it leads to; on some stores perhaps for some subjects only. */
export function describeChannel(
  channelCase: ChannelCase,
  stores: readonly TestStore[],
  only: readonly Subject[] = subjects,
): void {
  const { channel, exempt } = channelCase;
  const dueFor = (subject: Subject) => {
    const on = exempt[subject] === undefined ? undefined : "exempt";
    return channelTests.filter((one) => one.subject === subject && one.on === on);
  };
  test(`${channel}: every subject is shown by a test, also where it does not apply`, () => {
    expect(only.filter((subject) => dueFor(subject).length === 0)).toEqual([]);
  });
  for (const testStore of stores) {
    describe(`${channel} on ${testStore.name}`, () => describeSubjects(testStore));
  }

  function describeSubjects(testStore: TestStore): void {
    for (const subject of only) {
      const because = exempt[subject];
      describe(because === undefined ? subject : `${subject}: does not apply, because ${because}`, () => {
        for (const { name, run, store } of dueFor(subject)) {
          test(name, async () => {
            await using world = await startChannelWorld(channelCase, testStore, store);
            await run(world);
          });
        }
      });
    }
  }
}
