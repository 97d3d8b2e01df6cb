import type { EventRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import type { NotificationClaim, NotificationResult } from "../store/subscription-store.ts";
import type { Cloud } from "./cloud.ts";
import { decideOnFailure } from "./decide-on-failure.ts";
import type { LinkIntegration } from "./integrations.ts";
import type { LinkPolicy } from "./link-policy.ts";
import { tellConversationState } from "./tell-conversation-state.ts";
import { tellInbound } from "./tell-inbound.ts";
import { tellStatus } from "./tell-status.ts";

/** The part of the store that the link works on. */
export type LinkedStore = Pick<
  Store,
  | "findContact"
  | "findMessage"
  | "listStatuses"
  | "recordLinkedMessage"
  | "findLinkedMessage"
  | "linkConversation"
  | "findLinkedConversation"
  | "settleConversationCheck"
  | "forgetLinkedConversation"
>;

/** What telling Genesys Cloud stands on. */
export interface TellOptions {
  cloud: Cloud;
  store: LinkedStore;
  integrations: readonly LinkIntegration[];
  policy: LinkPolicy;
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** One event on its way to Genesys Cloud. */
export interface Telling<Event extends EventRecord = EventRecord> extends TellOptions {
  event: Event;
  /** Whether an earlier attempt may have told it already. */
  isRepeated: boolean;
  signal: AbortSignal;
}

/**
 * Tells Genesys Cloud of one event of a contact, at the head of that contact's lane. What is sent and has no key is looked
 * for first where an earlier attempt may have sent it.
 */
export async function tellGenesysCloud(
  options: TellOptions,
  { event, attempt }: Pick<NotificationClaim, "event" | "attempt">,
  signal: AbortSignal,
): Promise<NotificationResult> {
  try {
    await tell({ ...options, event, isRepeated: attempt > 1, signal });
    return { kind: "taken" };
  } catch (error) {
    const { policy, random, now } = options;
    // A request that was cut off by its time may have been carried out.
    if (signal.aborted) {
      return { kind: "retry", reason: "Genesys Cloud did not answer in time.", afterMs: policy.settleMs };
    }
    return decideOnFailure(error, { attempt, ageMs: now() - event.createdAt, policy, random });
  }
}

function tell(telling: Telling): Promise<void> {
  const { event } = telling;
  switch (event.type) {
    case "message.inbound":
      return tellInbound({ ...telling, event });
    case "message.status":
      return tellStatus({ ...telling, event });
    case "conversation.state":
      return tellConversationState({ ...telling, event });
  }
}
