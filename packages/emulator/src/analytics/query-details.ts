import { ApiError } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";
import { detailOf } from "./conversation-detail.ts";

type Detail = ReturnType<typeof detailOf>;
type Facts = Record<string, string | undefined>;

/** What a page holds where the query names no size. Source: `PagingSpec` of purecloud-platform-client-v2 262.0.0. */
const defaultPaging = { pageSize: 25, pageNumber: 1 };

const mostOfAPage = 100;

/** Answers a `ConversationQuery` about messages. @throws ApiError for an interval, a page or a dimension that cannot be answered. */
export function queryDetails(organisation: Organisation, query: Wire<"ConversationQuery">) {
  const [from, to] = readInterval(query.interval);
  const { pageSize, pageNumber } = query.paging ?? defaultPaging;
  if (pageSize < 1 || pageSize > mostOfAPage || pageNumber < 1)
    throw new ApiError("bad.request", `paging: pageSize is 1 to ${mostOfAPage}, pageNumber from 1`);
  const found = [...organisation.conversations.values()]
    .filter(({ startTime, endTime }) => startTime < to && (endTime === undefined || endTime >= from))
    .map((conversation) => detailOf(organisation, conversation))
    .filter((detail) => passes(detail, query));
  if (query.order === "desc") found.reverse();
  return {
    conversations: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    totalHits: found.length,
  };
}

function readInterval(interval: string): [from: string, to: string] {
  const [from, to] = interval.split("/").map((text) => Date.parse(text));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from >= to)
    throw new ApiError("invalid.date", "interval should be two dates and times: start/end");
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

function passes(detail: Detail, query: Wire<"ConversationQuery">): boolean {
  const conversation: Facts = {
    conversationId: detail.conversationId,
    originatingDirection: detail.originatingDirection,
    conversationInitiator: detail.conversationInitiator,
    divisionId: detail.divisionIds[0],
    conversationEnd: detail.conversationEnd,
  };
  const segments = detail.participants.flatMap(segmentFacts);
  return (
    (query.conversationFilters ?? []).every((filter) => matches(filter, conversation)) &&
    (query.segmentFilters ?? []).every((filter) => segments.some((segment) => matches(filter, segment)))
  );
}

function segmentFacts({ purpose, userId, sessions }: Detail["participants"][number]): Facts[] {
  return sessions.map((session) => ({
    purpose,
    userId,
    mediaType: session.mediaType,
    messageType: session.messageType,
    provider: session.provider,
    direction: session.direction,
    addressFrom: session.addressFrom,
    addressTo: session.addressTo,
    deliveryStatus: session.deliveryStatus,
    disconnectType: session.segments[0]?.disconnectType,
    queueId: undefined,
    flowId: undefined,
    errorCode: undefined,
  }));
}

function matches({ type, predicates = [] }: Wire<"DetailQueryFilter">, facts: Facts): boolean {
  const test = (predicate: Wire<"DetailQueryPredicate">) => holds(predicate, facts);
  return type === "and" ? predicates.every(test) : predicates.some(test);
}

function holds({ dimension = "", operator = "matches", value }: Wire<"DetailQueryPredicate">, facts: Facts) {
  if (!Object.hasOwn(facts, dimension))
    throw new ApiError(
      "invalid.value",
      `Value [${dimension.slice(0, 60)}] is not valid for field type [dimension]. Allowable values are: ${Object.keys(facts).join(", ")}`,
    );
  const fact = facts[dimension];
  if (operator === "exists") return fact !== undefined;
  if (operator === "notExists") return fact === undefined;
  return fact === value;
}
