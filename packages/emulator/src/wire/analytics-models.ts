/**
 * What programs ask analytics, in the notation of `request-models.ts`.
 * Source: purecloud-platform-client-v2 262.0.0, `index.d.ts`.
 */
export const analyticsModels = {
  AsyncConversationQuery: {
    "*interval": "string",
    conversationFilters: "DetailQueryFilter[]",
    segmentFilters: "DetailQueryFilter[]",
    order: "SortOrder",
    orderBy: "DetailOrder",
    limit: "integer",
  },
  ConversationQuery: {
    "*interval": "string",
    conversationFilters: "DetailQueryFilter[]",
    segmentFilters: "DetailQueryFilter[]",
    order: "SortOrder",
    orderBy: "DetailOrder",
    aggregations: "AnalyticsQueryAggregation[]",
    paging: "PagingSpec",
  },
  DetailQueryFilter: {
    "*type": "FilterType",
    predicates: "DetailQueryPredicate[]",
    clauses: "DetailQueryClause[]",
  },
  DetailQueryClause: { "*type": "FilterType", "*predicates": "DetailQueryPredicate[]" },
  DetailQueryPredicate: {
    type: "PredicateType",
    dimension: "string",
    metric: "string",
    operator: "PredicateOperator",
    value: "string",
    range: "NumericRange",
  },
  NumericRange: { gt: "number", gte: "number", lt: "number", lte: "number" },
  AnalyticsQueryAggregation: {
    type: "AggregationType",
    dimension: "string",
    metric: "string",
    size: "integer",
    ranges: "AggregationRange[]",
  },
  AggregationRange: { gte: "number", lt: "number" },
  PagingSpec: { "*pageSize": "integer", "*pageNumber": "integer" },
} as const;
