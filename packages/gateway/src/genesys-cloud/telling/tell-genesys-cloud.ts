import { OpenMessagingError } from "@quickcard/client";
import type { NotificationClaim, NotificationResult } from "../../store/subscription-store.ts";
import { decideOnFailure } from "./decide-on-failure.ts";
import { tellConversationState } from "./tell-conversation-state.ts";
import { tellInbound } from "./tell-inbound.ts";
import { tellStatus } from "./tell-status.ts";
import type { Telling, TellOptions } from "./telling.ts";

/**
 * Tells Genesys Cloud of one event of a contact, at the head of that contact's lane. What is sent and has no key is looked
 * for first where an earlier attempt may have sent it.
 */
export async function tellGenesysCloud(
  options: TellOptions,
  claim: Pick<NotificationClaim, "event" | "attempt">,
  signal: AbortSignal,
): Promise<NotificationResult> {
  const { untold, policy, random, now } = options;
  const { event, attempt } = claim;
  const isRepeated = untold.mayBeTold(claim);
  untold.delete(claim);
  try {
    await tell({ ...options, event, isRepeated, signal });
    return { kind: "taken" };
  } catch (error) {
    // A request that was cut off by its time may have been carried out.
    if (signal.aborted) {
      return { kind: "retry", reason: "Genesys Cloud did not answer in time.", afterMs: policy.settleMs };
    }
    if (!isRepeated && hasToldNothing(error)) untold.add(claim);
    return decideOnFailure(error, { attempt, ageMs: now() - event.createdAt, policy, random });
  }
}

function hasToldNothing(error: unknown): boolean {
  return OpenMessagingError.is(error) && (error.fate === "not_sent" || error.fate === "not_applied");
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
