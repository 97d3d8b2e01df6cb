import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { longestRetryAfterMs, parseRetryAfter } from "../src/retry/retry-after.ts";

const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

interface Vectors {
  now: string;
  cases: { value: string; expectMs: number | null }[];
}

test.skipIf(!hasSharedData("vectors/retry-after.json")).each(["UTC", "Asia/Kolkata", "America/New_York"])(
  "reads every Retry-After of the collection as it should, in %s",
  (timeZone) => {
    process.env.TZ = timeZone;
    const { now, cases } = readSharedJson<Vectors>("vectors/retry-after.json");

    const read = cases.map(({ value }) => [value, parseRetryAfter(value, Date.parse(now)) ?? null]);

    expect(read).toEqual(cases.map(({ value, expectMs }) => [value, expectMs]));
  },
);

test.each([
  ["Sun Nov  6 08:49:37 1994", 7000],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 7000],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 7000],
  ["Sunday, 06-Nov-44 08:49:37 GMT", 60_000],
  ["Sunday, 06-Nov-45 08:49:37 GMT", 0],
  ["Sun, 06 Nov 1994 24:00:00 GMT", undefined],
  ["Sun, 30 Feb 1994 08:49:37 GMT", undefined],
  ["Sun, 06 Nov 1994 08:49:37", undefined],
  ["xSun, 06 Nov 1994 08:49:37 GMT", undefined],
  ["Sun, 06 Nov 1994 08:49:37 GMTx", undefined],
  ["xSunday, 06-Nov-94 08:49:37 GMT", undefined],
  ["Sunday, 06-Nov-94 08:49:37 GMTx", undefined],
  ["xSun Nov  6 08:49:37 1994", undefined],
  ["Sun Nov  6 08:49:37 1994x", undefined],
  ["Sun, 06 Nov 1794 08:49:37 GMT", 0],
  ["Sun, 06 Xyz 1994 08:49:37 GMT", undefined],
  ["Sun Nov 16 08:49:37 1994", 60_000],
  ["Sun, 06 Nov 1994 08:49:60 GMT", 30_000],
  ["Sun, 06 Nov 1994 08:49:61 GMT", undefined],
  ["Sun, 06 Nov 1994 08:60:00 GMT", undefined],
  ["Sun, 06 Nov 1994 08:59:59 GMT", 60_000],
  [" \t5 \t ", 5000],
  ["", undefined],
  [undefined, undefined],
])("reads %j", (value, waitMs) => {
  expect(parseRetryAfter(value, Date.parse("1994-11-06T08:49:30Z"))).toBe(waitMs);
});

test("makes of any text either nothing or a wait that a timer can hold", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[-0-9A-Za-z:, ]{0,40}$/),
    fc.date().map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(anything, fc.date({ noInvalidDate: true }), (value, now) => {
      const waitMs = parseRetryAfter(value, now.getTime());
      return waitMs === undefined || (waitMs >= 0 && waitMs <= longestRetryAfterMs);
    }),
  );
});

test("reads back every date that it could have been", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 4_000_000_000 }),
      (seconds, epochSeconds) => {
        const now = epochSeconds * 1000;
        return parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now) === seconds * 1000;
      },
    ),
  );
});
