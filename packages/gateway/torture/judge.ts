import type { MessageStatus } from "@quickcard/client";
import { isTransition } from "#gateway/delivery/message-state.ts";
import type { Operation } from "./operation.ts";
import type { AppliedMessage } from "./upstream/upstream-settings.ts";

/** What the gateway says of one message. */
export interface MessageReport {
  id: string;
  text: string;
  status: MessageStatus;
  /** Every status it has had, where that was read. */
  statuses?: MessageStatus[];
}

/** What is judged: what senders did, what the upstream has, what the gateway says, all after a complete drain. */
export interface Evidence {
  operations: readonly Operation[];
  log: readonly AppliedMessage[];
  /** Of each contact, in the order of its history. */
  reports: ReadonlyMap<string, readonly MessageReport[]>;
}

/** What a run came to. Every entry of the first six is a broken promise. */
export interface Verdict {
  /** Answered with 201 and not with the customer, although the gateway does not say so. */
  lost: string[];
  outOfOrder: string[];
  /** Not finished after the drain. */
  stuck: string[];
  /** With the customer twice, or accepted twice. */
  duplicated: string[];
  /** Called failed or expired and with the customer, or changed its status in a way that cannot be. */
  untruthful: string[];
  /** With the customer, and never sent by anybody. */
  unexpected: string[];
  sent: number;
  /** The gateway says that it does not know. */
  unknown: number;
  failed: number;
  /** Never answered with 201, and with the customer all the same, as may be. */
  recovered: number;
}

const arrived: readonly MessageStatus[] = ["sent", "delivered", "read"];
const notArrived: readonly MessageStatus[] = ["failed", "expired", "cancelled"];

/** Compares what was promised with what came about; the terms are those of Jepsen's `total-queue`, and order. */
export function judge({ operations, log, reports }: Evidence): Verdict {
  const verdict: Verdict = {
    lost: [],
    outOfOrder: [],
    stuck: [],
    duplicated: [],
    untruthful: [],
    unexpected: [],
    sent: 0,
    unknown: 0,
    failed: 0,
    recovered: 0,
  };
  const timesApplied = countBy(log, ({ text }) => text);
  judgeOperations(verdict, operations, timesApplied, reports);
  const sent = new Set(operations.map(({ text }) => text));
  for (const text of timesApplied.keys()) if (!sent.has(text)) verdict.unexpected.push(text);
  for (const history of reports.values()) judgeHistory(verdict, history);
  judgeOrder(verdict, operations, log);
  return verdict;
}

/** The promises that a verdict breaks, by name. */
export function violationsOf(verdict: Verdict): string[] {
  const { lost, outOfOrder, stuck, duplicated, untruthful, unexpected } = verdict;
  return Object.entries({ lost, outOfOrder, stuck, duplicated, untruthful, unexpected }).flatMap(
    ([promise, broken]) =>
      broken.length > 0 ? [`${promise}: ${broken.length}, such as ${broken.slice(0, 5).join("; ")}`] : [],
  );
}

function judgeOperations(
  verdict: Verdict,
  operations: readonly Operation[],
  timesApplied: ReadonlyMap<string, number>,
  reports: Evidence["reports"],
): void {
  const byId = new Map([...reports.values()].flat().map((report) => [report.id, report]));
  for (const { text, messageId } of operations) {
    const times = timesApplied.get(text) ?? 0;
    if (times > 1) verdict.duplicated.push(`${text} (${times} times)`);
    const report = messageId === undefined ? undefined : byId.get(messageId);
    if (messageId === undefined) verdict.recovered += times > 0 ? 1 : 0;
    else if (!report) verdict.lost.push(`${text} (${messageId} is not in the history)`);
    else judgeReport(verdict, report, times);
  }
}

function judgeReport(verdict: Verdict, { id, text, status }: MessageReport, times: number): void {
  const name = `${text} (${id}, ${status})`;
  if (arrived.includes(status)) {
    verdict.sent += 1;
    if (times === 0) verdict.lost.push(name);
  } else if (notArrived.includes(status)) {
    verdict.failed += 1;
    if (times > 0) verdict.untruthful.push(`${name}, and was applied`);
  } else if (status === "unknown") verdict.unknown += 1;
  else verdict.stuck.push(name);
}

function judgeHistory(verdict: Verdict, history: readonly MessageReport[]): void {
  for (const [text, times] of countBy(history, (report) => report.text)) {
    if (times > 1) verdict.duplicated.push(`${text} (accepted ${times} times)`);
  }
  for (const { text, statuses = [] } of history) {
    for (const [index, to] of statuses.entries()) {
      const from = statuses[index - 1];
      if (from !== undefined && !isTransition(from, to)) {
        verdict.untruthful.push(`${text} went from ${from} to ${to}`);
      }
    }
  }
}

/** A sender waits for each 201 before it sends to the same contact again: so must they appear. */
function judgeOrder(
  verdict: Verdict,
  operations: readonly Operation[],
  log: readonly AppliedMessage[],
): void {
  const answered = operations.filter(({ messageId }) => messageId !== undefined);
  const numbers = new Map(answered.map(({ text, number }) => [text, number]));
  const last = new Map<string, number>();
  const seen = new Set<string>();
  for (const { text, contactId } of log) {
    const number = numbers.get(text);
    if (number === undefined || seen.has(text)) continue;
    seen.add(text);
    const before = last.get(contactId) ?? -1;
    if (number < before) verdict.outOfOrder.push(text);
    last.set(contactId, Math.max(before, number));
  }
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
