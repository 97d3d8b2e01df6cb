import { classifyError } from "../delivery/classification.ts";
import type { Evidence, SendOutcome } from "../delivery/send-outcome.ts";
import type { PartRecord } from "../store/channel-records.ts";
import type { Delivery, Sending } from "./channel.ts";
import { type PartMark, writeMark } from "./part-mark.ts";

/** One request: a part of a message. */
export interface PartRequest {
  /** As it was planned. */
  body: unknown;
  mark: PartMark;
  /** The mark as text. */
  written: string;
  /** When the first request for this part began, where there was one before. */
  firstBegunAt?: number;
}

/**
 * A part is not begun once the attempt has taken so long: its requests share one timeout, and one that is cut off by that
 * would be in doubt.
 */
const beginWithinMs = 10_000;

/**
 * Sends what the channel does not have yet of a message, one part after the other. Each is on record before the next one
 * leaves, so that no attempt repeats what an earlier one has brought there.
 */
export async function sendParts(
  sending: Sending,
  sendOne: (part: PartRequest) => Promise<SendOutcome>,
  now: () => number,
): Promise<SendOutcome> {
  const { message, attempt, parts: log } = sending;
  const begunAt = now();
  const isTimely = () => sending.isTimely() && !sending.signal.aborted && now() - begunAt <= beginWithinMs;
  const [rendering, known] = await Promise.all([log.rendering(), log.list()]);
  if (!rendering) return { kind: "not-sent", reason: "There is nothing to send.", permanent: true };
  const total = rendering.parts.length;
  let parts = known;
  for (const [index, body] of rendering.parts.entries()) {
    const number = index + 1;
    if (known.some((part) => part.number === number)) continue;
    // What follows a part that has failed would stand alone, or before it once it is sent again.
    if (parts.some(({ status }) => status === "failed")) break;
    if (!isTimely()) return { kind: "not-sent", reason: "There was no time left for all of it." };
    const mark = { messageId: message.id, number, attempt };
    const sentAt = now();
    const outcome = await sendOne({ body, mark, written: writeMark(mark) }).catch(classifyError);
    if (outcome.kind !== "applied") return named(outcome, number, total);
    const noted = await note(sending, { number, attempt, sentAt, ...idOf(outcome) });
    if (!noted) return { kind: "ambiguous", reason: "It was sent, and could not be noted." };
    parts = noted;
  }
  return outcomeOfAll(parts);
}

function idOf({ channelMessageId }: { channelMessageId?: string }) {
  return channelMessageId === undefined ? {} : { channelMessageId };
}

/** `undefined` where the store did not take it: what the channel has is then for the evidence to tell. */
async function note(
  { parts }: Sending,
  part: Omit<PartRecord, "status" | "noted">,
): Promise<PartRecord[] | undefined> {
  try {
    return await parts.record({ ...part, status: "sent", noted: true });
  } catch {
    return undefined;
  }
}

function named<Outcome extends Exclude<SendOutcome, { kind: "applied" }>>(
  outcome: Outcome,
  number: number,
  total: number,
): Outcome {
  return total === 1 ? outcome : { ...outcome, reason: `Part ${number} of ${total}: ${outcome.reason}` };
}

/** The channel may have told of a failure before it answered, and then nothing more was sent. */
function outcomeOfAll(parts: readonly PartRecord[]): SendOutcome {
  const failed = parts.find(({ status }) => status === "failed");
  if (failed)
    return { kind: "not-applied", reason: failed.reason ?? "It failed afterwards.", permanent: true };
  return { kind: "applied", ...idOf(parts.at(-1) ?? {}) };
}

/** What the channel's own word tells of a doubtful send, on channels that give back the marks of parts. */
export async function searchParts({ parts: log, attempt }: Delivery): Promise<Evidence> {
  const [rendering, parts] = await Promise.all([log.rendering(), log.list()]);
  const last = parts.at(-1);
  if (parts.length >= (rendering?.parts.length ?? 1)) return { kind: "found", ...idOf(last ?? {}) };
  // Only the channel has told of the last part: so it was the one in doubt, and the next one was not begun.
  if (last && !last.noted && last.attempt === attempt) return { kind: "partly" };
  return { kind: "unavailable", reason: "The channel has not told of it." };
}
