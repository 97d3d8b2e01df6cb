import type { Send } from "../layers/layer.ts";
import type { ReadRefusal } from "../layers/send.ts";
import { readTokenRefusal } from "../refusals/token-refusal.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { requestToken } from "./request-token.ts";
import { type ClientAuthentication, tokenEndpoint } from "./token-endpoint.ts";
import { usableForMs } from "./token-lifetime.ts";
import type { TokenSource } from "./token-source.ts";

/** An OAuth client, and where it gets its tokens. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the API. */
  readonly baseUrl: string;
  readonly authentication: ClientAuthentication | undefined;
  /** Where `/oauth/token` is. Absent: where that of the API's base URL is. */
  readonly loginUrl?: string;
}

interface ClientCredentialsOptions extends ClientCredentials {
  /** Makes what sends the request for a token: with a time limit, but without retries, which belong to the call that needs it. */
  readonly sendWith: (readRefusal: ReadRefusal) => Send;
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
  const send = options.sendWith(readTokenRefusal);
  let cached: CachedToken | undefined;
  let fetching: Promise<CachedToken> | undefined;

  async function renew(): Promise<CachedToken> {
    try {
      cached = await fetchToken(options, send);
      return cached;
    } finally {
      fetching = undefined;
    }
  }

  return {
    get() {
      if (cached && time.monotonicMs() < cached.usableUntilMs) return cached.value;
      fetching ??= renew();
      return fetching.then(({ value }) => value);
    },
    discard(token) {
      if (cached?.value === token) cached = undefined;
    },
  };
}

async function fetchToken(options: ClientCredentialsOptions, send: Send): Promise<CachedToken> {
  const { baseUrl, authentication, loginUrl, attemptTimeoutMs, time } = options;
  const endpoint = tokenEndpoint(baseUrl, authentication);
  const startedAtMs = time.monotonicMs();
  const { token, expiresIn } = await requestToken({
    url: loginUrl === undefined ? endpoint.url : `${loginUrl}/oauth/token`,
    ...proofOf(options, endpoint.authentication),
    send,
    deadlineMs: startedAtMs + attemptTimeoutMs,
  });
  return { value: token, usableUntilMs: startedAtMs + usableForMs(expiresIn) };
}

/** Id and secret as the endpoint takes them: RFC 6749 section 2.3.1. */
function proofOf({ clientId, clientSecret }: ClientCredentials, authentication: ClientAuthentication) {
  const form = { grant_type: "client_credentials" };
  if (authentication === "body") {
    return { form: { ...form, client_id: clientId, client_secret: clientSecret } };
  }
  // Both halves of Basic are form-encoded first.
  const authorization = `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`;
  return { form, headers: { authorization } };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
