import { expect, test } from "vitest";
import { createTypingTeller } from "../src/chat/typing-teller.ts";
import { createTurnedClock } from "./turned-clock.ts";

test("agents are told at once, then now and then, and at once again after a message; what fails is no loss", () => {
  const clock = createTurnedClock();
  let told = 0;
  const teller = createTypingTeller(
    {
      tellTyping() {
        told += 1;
        return Promise.reject(new Error("the network is gone"));
      },
    },
    clock,
  );
  const counts = [];

  teller.note();
  teller.note();
  counts.push(told);
  clock.turn(4_000);
  teller.note();
  counts.push(told);
  teller.reset();
  teller.note();
  counts.push(told);

  expect(counts).toEqual([1, 2, 3]);
});
