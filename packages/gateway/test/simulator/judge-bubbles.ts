import type { MessageStatus } from "@quickcard/client";
import { isTransition } from "../../src/delivery/message-state.ts";
import type { Store } from "../../src/store/store.ts";
import type { SimulatedName, SimulatedVendor } from "./simulated-vendor.ts";

/** A message that was accepted, with what its channel was to be given. */
export interface AcceptedContent {
  id: string;
  contactId: string;
  address: string;
  parts: readonly unknown[];
}

/** What a run came to, bubble by bubble. Everything from `lost` on is a broken promise, and so is
 * `missed` where the channel tells of what it has. */
export interface BubbleVerdict {
  vendor: SimulatedName;
  seed: number;
  accepted: number;
  /** Of several requests. */
  ofParts: number;
  arrived: number;
  failed: number;
  unknown: number;
  /** Called unknown, and all of it is there. */
  missed: string[];
  /** Called sent, and a bubble of it is not there. */
  lost: string[];
  /** A bubble that is there twice. */
  duplicated: string[];
  /** Bubbles of one message, or messages, that are not in their order. */
  outOfOrder: string[];
  stuck: string[];
  /** Called failed, and all of it is there; or a change of status that cannot be. */
  untrue: string[];
  /** On the customer's screen, and of no message. */
  unexpected: string[];
}

interface Evidence {
  seed: number;
  vendor: SimulatedName;
  simulated: SimulatedVendor;
  store: Store;
  /** In the order of the 201s. */
  accepted: readonly AcceptedContent[];
}

/** Compares what each customer was shown with what was accepted and what is said of it. */
export async function judgeBubbles({
  seed,
  vendor,
  simulated,
  store,
  accepted,
}: Evidence): Promise<BubbleVerdict> {
  const verdict: BubbleVerdict = {
    vendor,
    seed,
    accepted: accepted.length,
    ofParts: accepted.filter(({ parts }) => parts.length > 1).length,
    arrived: 0,
    failed: 0,
    unknown: 0,
    missed: [],
    lost: [],
    duplicated: [],
    outOfOrder: [],
    stuck: [],
    untrue: [],
    unexpected: [],
  };
  const { places, shown } = placeBubbles(verdict, simulated, accepted);
  for (const [index, message] of accepted.entries()) {
    const expected = [...places.values()].filter((place) => place.message === index).length;
    await judgeMessage(verdict, store, message, { expected, shown: shown.get(index)?.size ?? 0 });
  }
  return verdict;
}

interface Place {
  /** Among all that were accepted. */
  message: number;
  /** Within its message. */
  bubble: number;
}

/** Finds each bubble's place, and whether bubbles came once and in order. */
function placeBubbles(
  verdict: BubbleVerdict,
  { standIn, bubbleOf, bubblesOf }: SimulatedVendor,
  accepted: readonly AcceptedContent[],
) {
  const places = new Map<string, Place>();
  for (const [message, { parts }] of accepted.entries()) {
    for (const [bubble, body] of parts.flatMap(bubblesOf).entries()) {
      places.set(canonical(body), { message, bubble });
    }
  }
  const shown = new Map<number, Set<number>>();
  const last = new Map<string, Place>();
  for (const received of standIn.received()) {
    const place = places.get(canonical(bubbleOf(received)));
    if (!place) {
      verdict.unexpected.push(received.shown.texts.join(" ").slice(0, 80));
      continue;
    }
    // What fails after it was taken is not shown.
    const name = `${place.message}.${place.bubble}`;
    if (received.status === "failed") continue;
    const seen = shown.get(place.message) ?? new Set();
    if (seen.has(place.bubble)) verdict.duplicated.push(name);
    seen.add(place.bubble);
    shown.set(place.message, seen);
    const before = last.get(received.to);
    if (before && isBefore(place, before)) verdict.outOfOrder.push(name);
    last.set(received.to, place);
  }
  return { places, shown };
}

function isBefore(one: Place, other: Place): boolean {
  return one.message === other.message ? one.bubble < other.bubble : one.message < other.message;
}

async function judgeMessage(
  verdict: BubbleVerdict,
  store: Store,
  { id, contactId }: AcceptedContent,
  { expected, shown }: { expected: number; shown: number },
): Promise<void> {
  const message = await store.findMessage(contactId, id);
  const status = message?.direction === "outbound" ? message.status : undefined;
  const statuses = (await store.listStatuses({ id, contactId })).map((change) => change.status);
  const name = `${id} (${status}, ${shown} of ${expected})`;
  if (status === "sent" || status === "delivered" || status === "read") {
    verdict.arrived += 1;
    if (shown < expected) verdict.lost.push(name);
  } else if (status === "unknown") {
    verdict.unknown += 1;
    if (shown === expected) verdict.missed.push(name);
  } else if (status === "failed") {
    verdict.failed += 1;
    if (shown === expected) verdict.untrue.push(name);
  } else verdict.stuck.push(name);
  verdict.untrue.push(...impossibleSteps(name, statuses));
}

function impossibleSteps(name: string, statuses: readonly MessageStatus[]): string[] {
  return statuses.flatMap((to, index) => {
    const from = statuses[index - 1];
    return from === undefined || isTransition(from, to) ? [] : [`${name} went from ${from} to ${to}`];
  });
}

/** Whether a run kept every promise. */
export function isFaultless(verdict: BubbleVerdict): boolean {
  const { lost, duplicated, outOfOrder, stuck, untrue, unexpected } = verdict;
  return [lost, duplicated, outOfOrder, stuck, untrue, unexpected].every((broken) => broken.length === 0);
}

/** JSON in which the order of fields does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)))
      : field,
  );
}
