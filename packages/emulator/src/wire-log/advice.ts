import { loginPath, tokenPath } from "../routes/login-paths.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { adviseOnRoute } from "./route-advice.ts";
import type { Exchange } from "./wire-log.ts";

/** What to do about a refusal that looks so. */
interface Advice {
  /** Of what came in, or what went out. */
  kind: Refusal["kind"];
  /** By one of the statuses, by code, by words: each that is named has to be met. */
  status?: readonly number[];
  code?: string;
  message?: RegExp;
  target?: RegExp;
  advice: string;
}

/** The first that fits is told. What the platform's own words already say needs none. */
export const adviceTable: readonly Advice[] = [
  {
    kind: "request",
    code: "invalid_client",
    message: /client not found/,
    advice:
      "No OAuth client has this id here. POST /emulator/clients makes one and tells its secret; a new file, or --memory, knows none of before.",
  },
  {
    kind: "request",
    code: "invalid_client",
    message: /authentication failed/,
    advice:
      "The client is known, its secret is another one. It is told once, by POST /emulator/clients: make a new client where it is lost.",
  },
  {
    kind: "request",
    code: "unsupported_grant_type",
    advice:
      "Send grant_type=client_credentials as a form (application/x-www-form-urlencoded, not JSON), id and secret by HTTP Basic.",
  },
  {
    kind: "request",
    code: "not.found",
    target: new RegExp(`^(${tokenPath}|${loginPath}.*)$`),
    advice: `Tokens come from the login host: POST ${loginPath}${tokenPath} here. In the official SDK: setGateway({ …, path_params_login: "${loginPath.slice(1)}" }).`,
  },
  {
    kind: "request",
    code: "authentication.required",
    advice: `Send "Authorization: Bearer …" with an access_token of POST ${loginPath}${tokenPath}.`,
  },
  {
    kind: "request",
    code: "bad.credentials",
    advice:
      "This token was not given out here, or was ended. Get another; without a file, a restart forgets tokens and clients.",
  },
  {
    kind: "request",
    code: "credentials.expired",
    advice:
      "Get another token, and do so by expires_in. GET /emulator/clock tells the time here, which may have been turned.",
  },
  {
    kind: "request",
    status: [403],
    code: "missing",
    advice:
      "The client was made with fewer permissions. POST /emulator/clients makes one with all, or with those of its `permissions`. On the platform, a role of the client has them; scopes do not count for client credentials.",
  },
  {
    kind: "request",
    code: "not.found",
    message: /requested integration/,
    advice: "GET /emulator lists the integrations with their ids.",
  },
  {
    kind: "request",
    code: "not.found",
    message: /requested (conversation|message)/,
    advice:
      "GET /emulator/conversations lists the conversations, GET /emulator/conversations/{id} their messages.",
  },
  {
    kind: "request",
    code: "not.found",
    message: /requested communication/,
    advice:
      "A communication's id is participants[].messages[].id of GET /api/v2/conversations/{conversationId}, not the participant's.",
  },
  {
    kind: "request",
    code: "not.found",
    message: /bot session/,
    advice:
      "A bot's session is over once it says Complete or Failed, or an agent has the conversation. Its id came with POST /botconnector/messages.",
  },
  {
    kind: "request",
    status: [400],
    message: /should match some schema in anyOf/,
    advice:
      "A message has text or content. A tap goes to …/inbound/open/structured/response, typing to …/inbound/open/event.",
  },
  {
    kind: "request",
    status: [400],
    message: /property 'state' or 'wrapup'/,
    advice: "In the official SDK this body goes into the last argument: { body: { state: … } }.",
  },
  {
    kind: "request",
    status: [400],
    message: /requires a user context/,
    advice:
      "A client's token is nobody's. GET /api/v2/tokens/me checks it; GET /emulator/agents lists the agents.",
  },
  {
    kind: "request",
    status: [400],
    message: /not active yet/,
    advice:
      "Integrations are created asynchronously: GET the integration until its createStatus is Completed.",
  },
  {
    kind: "request",
    status: [400],
    message: /communication is not connected/,
    advice:
      "Nobody has answered on it yet, or it is parked: answer at the desk, or POST /emulator/conversations/{id}/answer.",
  },
  {
    kind: "request",
    status: [400],
    message: /part of an existing conversation|conversation is disconnected/,
    advice: "The conversation is over. A message of the customer's begins it again.",
  },
  {
    kind: "request",
    code: "request.entity.too.large",
    advice:
      "Files do not go in a body: name their URL in an attachment, or upload an agent's by messages/media/uploads.",
  },
  {
    kind: "request",
    code: "unsupported.media.type",
    advice: "Send the header Content-Type: application/json.",
  },
  {
    kind: "request",
    status: [429],
    advice:
      "Wait as long as Retry-After says; inin-ratelimit-* of every answer tell how much is left. --rate-limit allows more here; the platform does not.",
  },
  {
    kind: "request",
    status: [503],
    advice: "Nothing is lost that was answered: make room for the file, and the emulator goes on by itself.",
  },
  {
    kind: "webhook",
    message: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ECONNRESET|other side closed/,
    advice:
      "Nobody answers at that address: start your program, or PATCH the integration's outboundNotificationWebhookUrl. Tried 5 times more, 5 s apart; then the message has failed.",
  },
  {
    kind: "webhook",
    message: /no answer within/,
    advice: "Answer 2xx within 10 s: keep the webhook, answer, and work on it afterwards.",
  },
  {
    kind: "webhook",
    message: /certificate|self.signed|SSL|TLS/i,
    advice:
      "The certificate is not trusted. Here http: on 127.0.0.1 does; or start with NODE_EXTRA_CA_CERTS.",
  },
  {
    kind: "webhook",
    status: [401, 403],
    advice:
      "The whole conversation has failed with it. Where your program found the signature wrong: it is base64, HMAC-SHA256 of the raw bytes with the integration's secret.",
  },
  {
    kind: "webhook",
    message: /^$/,
    status: [429, 500, 501, 502, 503, 504],
    advice:
      "Tried 5 times more, 5 s apart; then the message has failed. Keep the webhook and answer 2xx, whatever else is down.",
  },
  {
    kind: "webhook",
    message: /^$/,
    advice:
      "Any answer but 2xx, 429 and 5xx ends the whole conversation, as on the platform. Answer 2xx, and tell by a Failed receipt what could not be shown.",
  },
  {
    kind: "bot-connector",
    advice:
      "The bot server answered late, wrongly or not at all: the conversation goes to an agent, as it would on the platform.",
  },
];

/** What somebody who sees this exchange may not know: why it went wrong here, and what to do. Nothing where it went well. */
export function adviseOn(exchange: Exchange): string | undefined {
  const refusal = refusalOf(exchange);
  if (refusal === undefined) return undefined;
  if (refusal.isOnPurpose) return "A fault of the dial struck. DELETE /emulator/faults takes all off.";
  return adviseOnRoute(refusal) ?? adviceTable.find((candidate) => fits(candidate, refusal))?.advice;
}

function fits({ kind, status, code, message, target }: Advice, refusal: Refusal): boolean {
  return (
    kind === refusal.kind &&
    (status === undefined || status.includes(refusal.status ?? 0)) &&
    (code === undefined || refusal.code.startsWith(code)) &&
    (message === undefined || message.test(refusal.message)) &&
    (target === undefined || target.test(refusal.target))
  );
}
