import fc from "fast-check";
import { expect, test } from "vitest";
import { createEventParser } from "../src/chat/event-parser.ts";

const stream =
  'retry: 2000\nid: 6\n\n: still here\n\nid: 7\r\nevent: message\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:x\ndata\n\nid: 9\n\n';

test("events are the same in whatever pieces they arrive", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const parser = createEventParser("5");
      const places = [0, ...cuts.sort((one, other) => one - other), stream.length];
      const events = places.flatMap((place, index) => parser.push(stream.slice(place, places[index + 1])));

      expect(events).toEqual([
        { name: "message", data: '{"a":\n1}', id: "7" },
        { name: "message", data: "x\n", id: "7" },
      ]);
      expect(parser.lastEventId()).toBe("9");
    }),
  );
});

test("an event that was cut off leaves the place in the log before it", () => {
  const parser = createEventParser("5");

  parser.push("id: 6\ndata: a\n\nid: 7\nda");

  expect(parser.lastEventId()).toBe("6");
});

test("an event without an end is not kept for ever", () => {
  const parser = createEventParser("5");

  expect(() => {
    for (let count = 0; count < 100; count++) parser.push("data: ".padEnd(100_000, "x"));
  }).toThrow(RangeError);
});
