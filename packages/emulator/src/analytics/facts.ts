import { ApiError } from "../http/api-error.ts";
import type { detailOf } from "./conversation-detail.ts";

/** What queries ask of a conversation, or of one of its segments: dimensions are text, metrics are numbers. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

/** What is known of a conversation. */
export interface ConversationFacts {
  conversation: Facts;
  segments: readonly Facts[];
}

type Detail = ReturnType<typeof detailOf>;

/** Every dimension and metric of a conversation that a query can name. */
export function factsOf(detail: Detail): ConversationFacts {
  const { conversationStart, conversationEnd } = detail;
  return {
    conversation: {
      conversationId: detail.conversationId,
      originatingDirection: detail.originatingDirection,
      conversationInitiator: detail.conversationInitiator,
      divisionId: detail.divisionIds[0],
      externalTag: undefined,
      conversationStart,
      conversationEnd,
      tConversationDuration:
        conversationEnd === undefined
          ? undefined
          : Date.parse(conversationEnd) - Date.parse(conversationStart),
    },
    segments: detail.participants.flatMap(segmentFacts),
  };
}

function segmentFacts({ purpose, userId, sessions }: Detail["participants"][number]): Facts[] {
  return sessions.flatMap((session) =>
    session.segments.map(({ segmentType, segmentStart, segmentEnd, disconnectType, wrapUpCode }) => ({
      purpose,
      userId,
      mediaType: session.mediaType,
      messageType: session.messageType,
      provider: session.provider,
      direction: session.direction,
      addressFrom: session.addressFrom,
      addressTo: session.addressTo,
      deliveryStatus: session.deliveryStatus,
      segmentType,
      segmentStart,
      segmentEnd,
      disconnectType,
      wrapUpCode,
      queueId: undefined,
      flowId: undefined,
      errorCode: undefined,
    })),
  );
}

/** A fact by its name. @throws ApiError for one that nobody knows, in the platform's words. */
export function readFact(
  facts: Facts,
  kind: "dimension" | "metric",
  name: string,
): string | number | undefined {
  if (Object.hasOwn(facts, name)) return facts[name];
  throw new ApiError(
    "invalid.value",
    `Value [${name.slice(0, 60)}] is not valid for field type [${kind}]. Allowable values are: ${Object.keys(facts).join(", ")}`,
  );
}
