import { parseJson } from "../http/read-body.ts";
import { limits } from "../limits.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import { call } from "../webhooks/send-webhook.ts";
import type { Exchange } from "../wire-log/wire-log.ts";
import type { ConnectedBot } from "./flow.ts";

/** What is asked of a bot server. */
export interface BotCall {
  method: "GET" | "POST";
  url: string;
  body?: unknown;
  /** Where it belongs, for the log. */
  belongsTo?: Pick<Exchange, "integrationId" | "conversationId">;
}

/** What was made of the answer: the mistake in it, where there is one, is logged. */
type Read<Answer> = { answer: Answer } | { mistake: string };

/**
 * Calls a bot server with the integration's credentials, reads its answer, and logs both.
 *
 * @param read Makes something of the JSON object that was answered.
 */
export async function callBotServer<Answer>(
  { organisation, wireLog, dispatcher }: DeliveryParts,
  bot: ConnectedBot,
  { method, url, body: asked, belongsTo = {} }: BotCall,
  read: (said: Record<string, unknown>) => Read<Answer>,
): Promise<Read<Answer>> {
  const headers = { ...bot.headers, "Content-Type": "application/json" };
  const body = asked === undefined ? "" : JSON.stringify(asked);
  const at = organisation.timestamp();
  const result = await call(dispatcher, organisation.clock, {
    method,
    url,
    headers,
    body,
    timeoutMs: bot.timeoutMs ?? limits.botTimeoutMs.value,
  });
  const { status, failure, durationMs, headers: responseHeaders, body: responseBody } = result;
  const outcome = readAnswer(status, responseBody, failure, read);
  wireLog.add({
    kind: "bot-connector",
    at,
    method,
    url,
    requestHeaders: headers,
    requestBody: body,
    durationMs,
    ...(status === undefined ? {} : { status }),
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(responseBody === undefined ? {} : { responseBody }),
    ...("mistake" in outcome ? { failure: outcome.mistake } : {}),
    ...belongsTo,
  });
  return outcome;
}

function readAnswer<Answer>(
  status: number | undefined,
  body = "",
  failure = "no answer",
  read: (said: Record<string, unknown>) => Read<Answer>,
): Read<Answer> {
  if (status === undefined) return { mistake: failure };
  if (status < 200 || status > 299) return { mistake: `the bot answered with ${status}` };
  const said = tryParse(body);
  return said === undefined ? { mistake: "the bot's answer is no JSON object" } : read(said);
}

function tryParse(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
