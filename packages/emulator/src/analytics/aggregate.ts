import { ApiError } from "../http/api-error.ts";
import type { Wire } from "../wire/models.ts";
import { type ConversationFacts, type Facts, readFact } from "./facts.ts";

type Aggregation = Wire<"AnalyticsQueryAggregation">;

/** How many terms are told where the query names no number, and the most that are. */
const defaultTerms = 10;
const mostTerms = 1000;

/** `AggregationResult`: how many of the conversations have each value of a dimension, or a metric in each range. @throws ApiError */
export function aggregate(found: readonly ConversationFacts[], aggregation: Aggregation) {
  return aggregation.type === "numericRange"
    ? countRanges(found, aggregation)
    : countTerms(found, aggregation);
}

function countTerms(
  found: readonly ConversationFacts[],
  { dimension = "", size = defaultTerms }: Aggregation,
) {
  if (size < 1 || size > mostTerms) throw new ApiError("bad.request", `size: 1 to ${mostTerms}`);
  const counts = new Map<string, number>();
  for (const facts of found)
    for (const value of valuesOf(facts, "dimension", dimension))
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const results = [...counts].map(([value, count]) => ({ value, count }));
  results.sort((one, other) => other.count - one.count);
  return {
    type: "termFrequency",
    dimension,
    count: results.length,
    results: results.slice(0, size),
  };
}

function countRanges(found: readonly ConversationFacts[], { metric = "", ranges = [] }: Aggregation) {
  const values = found.map((facts) => [...valuesOf(facts, "metric", metric)].map(Number));
  const results = ranges.map((range) => {
    const { gte = Number.NEGATIVE_INFINITY, lt = Number.POSITIVE_INFINITY } = range;
    const isInRange = (value: number) => value >= gte && value < lt;
    return { ...range, count: values.filter((ofOne) => ofOne.some(isInRange)).length };
  });
  return { type: "numericRange", metric, count: values.filter(({ length }) => length > 0).length, results };
}

/** The different values that a conversation and its segments have under a name. */
function valuesOf({ conversation, segments }: ConversationFacts, kind: "dimension" | "metric", name: string) {
  const places: readonly Facts[] = Object.hasOwn(conversation, name) ? [conversation] : segments;
  const values = places.map((facts) => readFact(facts, kind, name));
  return new Set(values.filter((value) => value !== undefined));
}
