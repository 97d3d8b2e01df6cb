import type { Send } from "../layers/layer.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { requestToken } from "./request-token.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";
import { usableForMs } from "./token-lifetime.ts";
import type { TokenSource } from "./token-source.ts";

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

async function fetchToken(options: ClientCredentialsOptions): Promise<CachedToken> {
  const { endpoint, send, attemptTimeoutMs, time } = options;
  const startedAtMs = time.monotonicMs();
  const { token, expiresIn } = await requestToken({
    url: endpoint.url,
    ...proofOf(options),
    send,
    deadlineMs: startedAtMs + attemptTimeoutMs,
  });
  return { value: token, usableUntilMs: startedAtMs + usableForMs(expiresIn) };
}

/** Id and secret as the endpoint takes them: RFC 6749 section 2.3.1. */
function proofOf({ clientId, clientSecret, endpoint }: ClientCredentialsOptions) {
  const form = { grant_type: "client_credentials" };
  if (endpoint.authentication === "body") {
    return { form: { ...form, client_id: clientId, client_secret: clientSecret } };
  }
  // Both halves of Basic are form-encoded first.
  const authorization = `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`;
  return { form, headers: { authorization } };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
