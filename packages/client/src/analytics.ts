import type { CallOptions, CallRoute } from "./call-route.ts";
import { routes } from "./routes.ts";
import { toJson } from "./to-json.ts";

/** A query over conversations, in the words of Genesys Cloud's `ConversationQuery`. */
export interface ConversationQuery {
  /** From and to, ISO 8601, with a slash between them. */
  interval: string;
  order?: "asc" | "desc";
  orderBy?: "conversationStart" | "conversationEnd" | "segmentStart" | "segmentEnd";
  paging?: { pageSize: number; pageNumber: number };
  conversationFilters?: {
    type: "and" | "or";
    predicates: {
      type?: "dimension";
      dimension: string;
      operator?: "matches" | "exists" | "notExists";
      value?: string;
    }[];
  }[];
  [field: string]: unknown;
}

/** What a query over conversations found. */
export interface ConversationQueryResult {
  conversations?: Record<string, unknown>[];
  totalHits?: number;
  [field: string]: unknown;
}

/** What happened in conversations: `client.analytics`. */
export class Analytics {
  readonly #callRoute: CallRoute;

  constructor(callRoute: CallRoute) {
    this.#callRoute = callRoute;
  }

  /** The conversations that a query names. Needs the scope `analytics:conversations:query`. */
  async queryConversations(
    query: ConversationQuery,
    { signal }: CallOptions = {},
  ): Promise<ConversationQueryResult> {
    return this.#callRoute(routes.queryConversations, { body: toJson(query), signal });
  }
}
