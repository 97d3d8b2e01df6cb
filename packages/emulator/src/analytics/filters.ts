import type { Wire } from "../wire/models.ts";
import { type ConversationFacts, type Facts, readFact, unknownFacts } from "./facts.ts";

type Filter = Wire<"DetailQueryFilter">;
type Predicate = Wire<"DetailQueryPredicate">;

type Filters = Pick<Wire<"ConversationQuery">, "conversationFilters" | "segmentFilters">;

/** Whether a conversation passes the filters of a query: each of the conversation's, and each of the segments' in one segment at least. */
export function passes(
  { conversation, segments }: ConversationFacts,
  { conversationFilters = [], segmentFilters = [] }: Filters,
): boolean {
  return (
    conversationFilters.every((filter) => matches(filter, conversation)) &&
    segmentFilters.every((filter) => segments.some((segment) => matches(filter, segment)))
  );
}

/** Reads the filters of a query before there is anything to filter. @throws ApiError for a dimension or metric that nobody knows */
export function checkFilters({ conversationFilters = [], segmentFilters = [] }: Filters): void {
  for (const filter of conversationFilters) matches(filter, unknownFacts.conversation);
  for (const filter of segmentFilters) matches(filter, unknownFacts.segment);
}

function matches({ type, predicates = [], clauses = [] }: Filter, facts: Facts): boolean {
  const answers = [
    ...predicates.map((predicate) => holds(predicate, facts)),
    ...clauses.map((clause) => matches(clause, facts)),
  ];
  return type === "and" ? answers.every(Boolean) : answers.some(Boolean);
}

function holds({ dimension, metric, operator = "matches", value, range }: Predicate, facts: Facts): boolean {
  const fact =
    metric === undefined ? readFact(facts, "dimension", dimension ?? "") : readFact(facts, "metric", metric);
  if (operator === "exists") return fact !== undefined;
  if (operator === "notExists") return fact === undefined;
  if (range !== undefined) return typeof fact === "number" && isWithin(fact, range);
  return fact !== undefined && String(fact) === value;
}

function isWithin(fact: number, { gt, gte, lt, lte }: Wire<"NumericRange">): boolean {
  return (
    fact > (gt ?? Number.NEGATIVE_INFINITY) &&
    fact >= (gte ?? Number.NEGATIVE_INFINITY) &&
    fact < (lt ?? Number.POSITIVE_INFINITY) &&
    fact <= (lte ?? Number.POSITIVE_INFINITY)
  );
}
