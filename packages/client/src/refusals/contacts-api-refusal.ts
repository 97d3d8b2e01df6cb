import {
  ApiError,
  AuthenticationError,
  bareFacts,
  ConversationClosedError,
  IdempotencyError,
  InvalidMessageError,
  messagingPath,
  NotFoundError,
  PermissionError,
  RateLimitError,
  RouteNotPublishedError,
  requestLine,
} from "../core.ts";
import type { ApiErrorFacts } from "../errors/api-errors.ts";
import { readErrorBody } from "../errors/error-body.ts";
import type { Fate, OpenMessagingError } from "../errors/open-messaging-error.ts";
import type { Call } from "../layers/layer.ts";
import { type Refusal, refusalReader } from "./refusal.ts";

/** What a status, or a status with an API code, means beyond `bareFacts`. */
interface Meaning {
  readonly status: number;
  /** Absent: whatever the code. */
  readonly apiCode?: string;
  readonly error?: new (facts: ApiErrorFacts) => OpenMessagingError;
  /** `{scope}` stands for what the call needs. */
  readonly fix: string;
  readonly fate?: Fate;
  readonly retryable?: boolean;
}

const waitFix = "Wait and try again. If it stays so, give `correlationId` to whoever runs the server.";

/** The first that fits holds. */
const meanings: readonly Meaning[] = [
  {
    status: 400,
    apiCode: "conversation.closed",
    error: ConversationClosedError,
    fix: "Reopen the conversation with `contacts.reopen(contactId)`, or make a new contact.",
  },
  {
    status: 401,
    error: AuthenticationError,
    fix: "Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, or the `token`: the server does not accept them.",
  },
  {
    status: 403,
    error: PermissionError,
    fix: "This call needs the scope `{scope}`: give it to the OAuth client, then start again: a token keeps the scopes it was made with.",
  },
  {
    status: 404,
    error: NotFoundError,
    fix: "Take the id from `contacts.create` or `contacts.list`. A conversation's id is not a contact's id; a deleted contact is gone.",
  },
  {
    status: 409,
    apiCode: "idempotency.in.flight",
    error: IdempotencyError,
    fix: "The first request with this idempotency key is still being answered: wait and repeat it with the same key.",
    fate: "unknown",
    retryable: true,
  },
  {
    status: 409,
    apiCode: "message.state",
    fix: "Read the message again with `messages.get`: its status says what can be done with it.",
  },
  {
    status: 422,
    apiCode: "idempotency.mismatch",
    error: IdempotencyError,
    fix: "Use a new idempotency key for each different message, and the same key only to repeat one.",
  },
  {
    status: 429,
    error: RateLimitError,
    fix: "Send more slowly, or give each program an OAuth client of its own.",
  },
  ...[408, 500, 502, 503, 504].map((status) => ({ status, fix: waitFix })),
];

/** The error that tells of the contacts API's refusal. */
export const readContactsApiRefusal = refusalReader((call: Call, refusal: Refusal): OpenMessagingError => {
  const { status, correlationId, retryAfterMs } = refusal;
  const { message, apiCode, contextId, details } = readErrorBody(call, refusal.json);
  const facts: ApiErrorFacts = {
    ...bareFacts(call, status),
    message: `${requestLine(call)} was answered with ${status}${message && `: ${message}`}`,
    fix: "See `details`. If the request looks right, give `correlationId` to whoever runs the server.",
    correlationId: correlationId ?? contextId,
    retryAfterMs,
    apiCode,
    details,
  };
  return notPublished(call, facts) ?? invalidMessage(call, facts) ?? byMeaning(call, facts);
});

/** The API of any region, also of one that `genesysCloudRegions` does not name yet. */
const genesysCloudHost =
  /^https:\/\/api\.(mypurecloud\.(com|com\.au|ie|de|jp)|\w+\.([a-z-]+-)?pure\.cloud)\//;

/** On a host of Genesys Cloud a 404 is about the route: it publishes none of the contacts API, so no contact can be missing. */
function notPublished(call: Call, facts: ApiErrorFacts): OpenMessagingError | undefined {
  const isMissing = facts.status === 404 || facts.status === 405;
  if (!isMissing || !genesysCloudHost.test(call.url) || !call.url.includes(messagingPath)) return undefined;
  return new RouteNotPublishedError({
    ...facts,
    message: `${facts.message} (Genesys Cloud does not publish this route)`,
    fix: "Run a gateway, which serves it: `npx quickcard serve`. Then set `baseUrl` (GENESYS_BASE_URL) to its address.",
  });
}

const messageFaults = new Set(["invalid.content.type", "invalid.value", "required.fields.missing"]);

function invalidMessage(
  call: Call,
  { details = [], ...facts }: ApiErrorFacts,
): OpenMessagingError | undefined {
  const { status, apiCode = "", message } = facts;
  const isSend = call.scope === "messages:send" && call.url.endsWith("/messages");
  if (status !== 400 || !isSend || !messageFaults.has(apiCode)) return undefined;
  const issues = details.map((detail) => ({
    pointer: detail.fieldName,
    code: detail.errorCode,
    message: detail.message,
  }));
  return new InvalidMessageError({
    ...facts,
    fix: "Change what `issues` names. `docs/reference/content.md` shows every type of content.",
    issues: issues.length > 0 ? issues : [{ pointer: "", code: apiCode, message }],
  });
}

function byMeaning(call: Call, facts: ApiErrorFacts): OpenMessagingError {
  const meaning = meanings.find(
    ({ status, apiCode }) => status === facts.status && (apiCode === undefined || apiCode === facts.apiCode),
  );
  if (!meaning) return new ApiError(facts);
  const { error: MeantError = ApiError, fix, fate = facts.fate, retryable = facts.retryable } = meaning;
  return new MeantError({
    ...facts,
    fix: fix.replace("{scope}", call.scope ?? ""),
    fate,
    retryable,
    missingScope: facts.apiCode === "missing.scope" ? call.scope : undefined,
  });
}
