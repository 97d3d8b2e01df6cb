import type { CallOptions } from "../call-route.ts";
import type { ClientOptions } from "../client-options.ts";
import type { Scope } from "../contacts-api.ts";
import { compose } from "../layers/layer.ts";
import { send } from "../layers/send.ts";
import { timeout } from "../layers/timeout.ts";
import { readTokenRefusal } from "../refusals/token-refusal.ts";
import { systemTimeAndChance, type TimeAndChance } from "../time-and-chance.ts";
import { fetchTransport } from "../transport/fetch-transport.ts";
import { undiciTransport } from "../transport/undici-transport.ts";
import { type Login, readLoginAnswer } from "./login.ts";
import { requestToken } from "./request-token.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { lifetimeMs } from "./token-lifetime.ts";

/** A token that a person's login brought. */
export interface AccessToken {
  /** Pass it to the client as `token`. */
  readonly token: string;
  /** ISO 8601, UTC. There is no renewal: after it the person logs in again. */
  readonly expiresAt: string;
  /** What it allows, where the server said so. */
  readonly scopes?: readonly Scope[];
}

/** What finishing a login can be told. */
export interface FinishLoginOptions extends CallOptions, Pick<ClientOptions, "fetch" | "transport"> {
  /** Most milliseconds to wait for the token. @default 15000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * Makes a token of the address that a person was sent back to. A code is good once and for a short time, so it is not tried again.
 *
 * @throws InvalidArgumentError where the address is not the answer to this login; AuthenticationError where it was refused.
 */
export async function finishLogin(
  login: Login,
  answer: string | URL,
  options: FinishLoginOptions = {},
  time: TimeAndChance = systemTimeAndChance,
): Promise<AccessToken> {
  const { signal, timeoutMs = 15_000 } = options;
  const code = readLoginAnswer(login, answer);
  const transport = options.transport ?? (options.fetch ? fetchTransport(options.fetch) : undiciTransport());
  const startedAtMs = time.epochMs();
  try {
    const { token, expiresIn, scope } = await requestToken({
      url: tokenEndpoint(login.baseUrl, "body").url,
      form: {
        grant_type: "authorization_code",
        client_id: login.clientId,
        code,
        code_verifier: login.codeVerifier,
        redirect_uri: login.redirectUri,
      },
      send: compose(send({ transport, readRefusal: readTokenRefusal, time }), [
        timeout({ attemptTimeoutMs: timeoutMs, time }),
      ]),
      deadlineMs: time.monotonicMs() + timeoutMs,
      signal,
    });
    return {
      token,
      expiresAt: new Date(startedAtMs + lifetimeMs(expiresIn)).toISOString(),
      ...(typeof scope === "string" && { scopes: scope.split(" ") as Scope[] }),
    };
  } finally {
    if (!options.transport) await transport.close?.();
  }
}
