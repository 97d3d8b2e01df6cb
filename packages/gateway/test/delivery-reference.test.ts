import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { beforeSending, classifyAnswer, classifyError } from "../src/delivery/classification.ts";
import { backoffMs, defaultDeliveryPolicy } from "../src/delivery/delivery-policy.ts";
import { transitions } from "../src/delivery/message-state.ts";
import type { SendOutcome } from "../src/delivery/send-outcome.ts";

const reference = readFileSync(new URL("../../../docs/reference/delivery.md", import.meta.url), "utf8");

/** The rows of the table whose head begins with these words. */
function rowsOf(head: string): string[][] {
  const [, table = ""] = reference.split(`| ${head} |`);
  const [, , ...lines] = (table.split("\n\n")[0] ?? "").split("\n");
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

/** How the reference names an outcome. */
function nameOf(outcome: SendOutcome): string {
  const isForGood = "permanent" in outcome && outcome.permanent;
  return `${outcome.kind.replace("-", " ")}${isForGood ? ", for good" : ""}`;
}

test("shows every state and where each goes", () => {
  const shown = rowsOf("status | means | goes on to").map(([status = "", , next = ""]) => [
    quoted(status)[0],
    quoted(next),
  ]);

  expect(Object.fromEntries(shown)).toEqual(transitions);
});

test("says of every HTTP status what it is taken for", () => {
  const shown = new Map<number, string>();
  for (const [statuses = "", outcome = ""] of rowsOf("answer or error | is taken for | what follows").filter(
    ([cell = ""]) => /^\d/.test(cell),
  )) {
    for (const range of statuses.split(", ")) {
      const [first = 0, last = first] = range.split("–").map(Number);
      for (let status = first; status <= last; status += 1) shown.set(status, outcome);
    }
  }
  const taken = Array.from({ length: 500 }, (_, index) => {
    const status = 100 + index;
    return [status, nameOf(classifyAnswer(status, new Headers(), 0))] as const;
  });

  expect([...shown].sort(([one], [other]) => one - other)).toEqual(taken);
});

test("says of every error before sending, and of some others, what it is taken for", () => {
  const shown = rowsOf("answer or error | is taken for | what follows")
    .filter(([cell = ""]) => cell.includes("`"))
    .flatMap(([codes = "", outcome = ""]) => quoted(codes).map((code) => [code, outcome] as const));
  const codes = shown.filter(([code]) => /^[A-Z_]+$/.test(code));
  const syscalls = shown.filter(([code]) => /^[a-z]+$/.test(code));

  for (const [code, outcome] of codes) {
    expect([code, nameOf(classifyError(Object.assign(new Error("failed"), { code })))]).toEqual([
      code,
      outcome,
    ]);
  }
  for (const [syscall, outcome] of syscalls) {
    const error = Object.assign(new Error("failed"), { code: "ECONNRESET", syscall });
    expect([syscall, nameOf(classifyError(error))]).toEqual([syscall, outcome]);
  }
  expect(codes.map(([code]) => code)).toEqual(expect.arrayContaining(Object.keys(beforeSending)));
});

test("shows the longest waits as they are", () => {
  const { retryBaseMs, retryCapMs, searchBaseMs, searchCapMs } = defaultDeliveryPolicy;
  const seconds = (base: number, cap: number, n: number) => `${backoffMs(base, cap, n, () => 1) / 1000} s`;
  const expected = Array.from({ length: 10 }, (_, index) => [
    String(index + 1),
    seconds(retryBaseMs, retryCapMs, index + 1),
    seconds(searchBaseMs, searchCapMs, index + 1),
  ]);

  expect(
    rowsOf("after attempt or search | most wait before the next attempt | most wait before the next search"),
  ).toEqual(expected);
});

test("shows every number by which delivery is steered", () => {
  const shown = rowsOf("steered by | default | what it is").map(([name = "", value]) => [
    quoted(name)[0],
    Number(value),
  ]);

  expect(Object.fromEntries(shown)).toEqual(defaultDeliveryPolicy);
});
