import { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { ResponseError } from "../errors/transport-errors.ts";
import type { Call, Send } from "../layers/layer.ts";
import { requestLine } from "../request-line.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { userAgent } from "../user-agent.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";
import { usableForMs } from "./token-lifetime.ts";
import type { TokenSource } from "./token-source.ts";
import { isToken } from "./token-text.ts";

/** What client credentials need. */
export interface ClientCredentialsOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly endpoint: TokenEndpoint;
  /** Sends the request for a token: with a time limit, but without retries, which belong to the call that needs it. */
  readonly send: Send;
  readonly attemptTimeoutMs: number;
  readonly time: TimeAndChance;
}

interface CachedToken {
  readonly value: string;
  readonly usableUntilMs: number;
}

/** Tokens by RFC 6749 section 4.4: kept until shortly before their end, fetched once however many calls wait. */
export function clientCredentials(options: ClientCredentialsOptions): TokenSource {
  const { time } = options;
  let cached: CachedToken | undefined;
  let fetching: Promise<CachedToken> | undefined;

  async function renew(): Promise<CachedToken> {
    try {
      cached = await fetchToken(options);
      return cached;
    } finally {
      fetching = undefined;
    }
  }

  return {
    async get() {
      if (cached && time.monotonicMs() < cached.usableUntilMs) return cached.value;
      fetching ??= renew();
      return (await fetching).value;
    },
    discard(token) {
      if (cached?.value === token) cached = undefined;
    },
  };
}

async function fetchToken(options: ClientCredentialsOptions): Promise<CachedToken> {
  const { send, time } = options;
  const startedAtMs = time.monotonicMs();
  const call = tokenCall(options, startedAtMs);
  try {
    const { json } = await send(call);
    const { access_token: value, expires_in: expiresIn } = json as Record<string, unknown>;
    if (!isToken(value)) throw notATokenError(call);
    return { value, usableUntilMs: startedAtMs + usableForMs(expiresIn) };
  } catch (error) {
    // Whatever became of the request for a token: the call that needs it has not been sent.
    throw OpenMessagingError.is(error) ? error.with({ fate: "not_sent" }) : error;
  }
}

function tokenCall(
  { clientId, clientSecret, endpoint, attemptTimeoutMs }: ClientCredentialsOptions,
  nowMs: number,
): Call {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": userAgent,
  };
  if (endpoint.authentication === "basic") {
    headers.authorization = `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`;
  } else {
    form.set("client_id", clientId);
    form.set("client_secret", clientSecret);
  }
  return {
    method: "POST",
    url: endpoint.url,
    headers,
    body: form.toString(),
    repeatable: true,
    deadlineMs: nowMs + attemptTimeoutMs,
    expects: "object",
  };
}

/** RFC 6749 section 2.3.1: both halves of Basic are form-encoded first. */
function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

function notATokenError(call: Call): ResponseError {
  return new ResponseError({
    message: `No token: ${requestLine(call)} was answered without a usable access_token`,
    fix: "Check `baseUrl` (GENESYS_BASE_URL): what answers at its token endpoint is not OAuth 2.0.",
    fate: "not_sent",
  });
}
