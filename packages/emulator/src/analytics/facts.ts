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

/** Every dimension and metric that a query can name, nothing known of any. */
export const unknownFacts = {
  conversation: {
    conversationId: undefined,
    originatingDirection: undefined,
    conversationInitiator: undefined,
    divisionId: undefined,
    externalTag: undefined,
    conversationStart: undefined,
    conversationEnd: undefined,
    tConversationDuration: undefined,
  },
  segment: {
    purpose: undefined,
    userId: undefined,
    mediaType: undefined,
    messageType: undefined,
    provider: undefined,
    direction: undefined,
    addressFrom: undefined,
    addressTo: undefined,
    deliveryStatus: undefined,
    segmentType: undefined,
    segmentStart: undefined,
    segmentEnd: undefined,
    disconnectType: undefined,
    wrapUpCode: undefined,
    queueId: undefined,
    flowId: undefined,
    errorCode: undefined,
  },
} satisfies Record<string, Facts>;

type FactsOf<Kind extends keyof typeof unknownFacts> = {
  [Name in keyof (typeof unknownFacts)[Kind]]: Facts[string];
};

/** What is known of a conversation and its segments. */
export function factsOf(detail: Detail): ConversationFacts {
  const { conversationStart, conversationEnd } = detail;
  const conversation: FactsOf<"conversation"> = {
    ...unknownFacts.conversation,
    conversationId: detail.conversationId,
    originatingDirection: detail.originatingDirection,
    conversationInitiator: detail.conversationInitiator,
    divisionId: detail.divisionIds[0],
    conversationStart,
    conversationEnd,
    tConversationDuration:
      conversationEnd === undefined ? undefined : Date.parse(conversationEnd) - Date.parse(conversationStart),
  };
  return { conversation, segments: detail.participants.flatMap(segmentFacts) };
}

function segmentFacts({ purpose, userId, sessions }: Detail["participants"][number]): FactsOf<"segment">[] {
  return sessions.flatMap((session) =>
    session.segments.map(({ segmentType, segmentStart, segmentEnd, disconnectType, wrapUpCode }) => ({
      ...unknownFacts.segment,
      purpose,
      userId,
      mediaType: session.mediaType,
      messageType: session.messageType,
      provider: session.provider,
      direction: session.direction,
      addressFrom: session.addressFrom,
      addressTo: session.addressTo,
      deliveryStatus: session.deliveryStatus,
      flowId: "flow" in session ? session.flow.flowId : undefined,
      segmentType,
      segmentStart,
      segmentEnd,
      disconnectType,
      wrapUpCode,
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
