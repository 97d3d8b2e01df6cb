import { ApiError } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";
import { aggregate } from "./aggregate.ts";
import { detailOf } from "./conversation-detail.ts";
import { type ConversationFacts, factsOf } from "./facts.ts";
import { checkFilters, passes } from "./filters.ts";

/** What a page holds where the query names no size. Source: `PagingSpec` of purecloud-platform-client-v2 262.0.0. */
const defaultPaging = { pageSize: 25, pageNumber: 1 };

const mostOfAPage = 100;

/** Answers a `ConversationQuery` about messages. @throws ApiError for what cannot be answered: an interval, a page, a dimension. */
export function queryDetails(organisation: Organisation, query: Wire<"ConversationQuery">) {
  const { pageSize, pageNumber } = query.paging ?? defaultPaging;
  if (pageSize < 1 || pageSize > mostOfAPage || pageNumber < 1)
    throw new ApiError("bad.request", `paging: pageSize is 1 to ${mostOfAPage}, pageNumber from 1`);
  const found = findDetails(organisation, query);
  const facts = found.map((one) => one.facts);
  const { aggregations } = query;
  return {
    conversations: found
      .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
      .map(({ detail }) => detail),
    totalHits: found.length,
    ...(aggregations && { aggregations: aggregations.map((wanted) => aggregate(facts, wanted)) }),
  };
}

/** The part of a query that says which conversations, and in what order. */
type Question = Pick<
  Wire<"ConversationQuery">,
  "interval" | "conversationFilters" | "segmentFilters" | "order" | "orderBy"
>;

/** Every conversation that a query asks for, in its order. @throws ApiError for an interval or a dimension that there is not */
export function findDetails(organisation: Organisation, question: Question) {
  const [from, to] = readInterval(question.interval);
  checkFilters(question);
  const found = [...organisation.conversations.values()]
    .filter(({ startTime, endTime }) => startTime < to && (endTime === undefined || endTime >= from))
    .map((conversation) => detailOf(organisation, conversation))
    .map((detail) => ({ detail, facts: factsOf(detail) }))
    .filter(({ facts }) => passes(facts, question));
  return inOrder(found, question);
}

function readInterval(interval: string): [from: string, to: string] {
  const [from, to] = interval.split("/").map((text) => Date.parse(text));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from >= to)
    throw new ApiError("invalid.date", "interval should be two dates and times: start/end");
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

/** Sorts by a moment; what has not had it yet comes last. */
function inOrder<Found extends { facts: ConversationFacts }>(
  found: readonly Found[],
  { order = "asc", orderBy = "conversationStart" }: Question,
): Found[] {
  const notYet = "~";
  const momentOf = ({ facts: { conversation, segments } }: Found): string => {
    const moments = [conversation, ...segments].map((facts) => String(facts[orderBy] ?? notYet));
    return moments.sort()[0] ?? notYet;
  };
  const sorted = found.toSorted((one, other) => compare(momentOf(one), momentOf(other)));
  return order === "desc" ? sorted.reverse() : sorted;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
