import type { ClientSettings } from "./client-settings.ts";
import { authenticate } from "./layers/authenticate.ts";
import { compose, type Layer, type Send } from "./layers/layer.ts";
import { pace } from "./layers/pace.ts";
import { retry } from "./layers/retry.ts";
import { type ReadRefusal, send } from "./layers/send.ts";
import { timeout } from "./layers/timeout.ts";
import { trace } from "./layers/trace.ts";
import { loadPart } from "./load-part.ts";
import { loadTracer } from "./telemetry/load-tracer.ts";
import type { TimeAndChance } from "./time-and-chance.ts";
import { loadedTokenSource } from "./tokens/loaded-token-source.ts";
import { suppliedToken } from "./tokens/supplied-token.ts";
import type { TokenSource } from "./tokens/token-source.ts";

type SendSettings = Omit<ClientSettings, "validate" | "baseUrl" | "timeoutMs">;

/** The way of every call through the layers: what stands first is outermost. */
export function createSend(settings: SendSettings, readRefusal: ReadRefusal, time: TimeAndChance): Send {
  const { transport, maxAttempts, attemptTimeoutMs, logger } = settings;
  const tracing = trace(loadTracer(logger, time));
  return compose(send({ transport, readRefusal, time }), [
    ...settings.layers,
    retry({ maxAttempts, time }),
    ...(settings.pace ? [pace({ time })] : []),
    timeout({ attemptTimeoutMs, time }),
    authenticate(createTokenSource(settings, time, tracing)),
    tracing,
  ]);
}

/** The way of a call that carries no token, such as a file for the place that an answer named. */
export function createPlainSend(settings: SendSettings, readRefusal: ReadRefusal, time: TimeAndChance): Send {
  const { transport, maxAttempts, attemptTimeoutMs, logger } = settings;
  return compose(send({ transport, readRefusal, time }), [
    retry({ maxAttempts, time }),
    timeout({ attemptTimeoutMs, time }),
    trace(loadTracer(logger, time)),
  ]);
}

function createTokenSource(settings: SendSettings, time: TimeAndChance, tracing: Layer): TokenSource {
  const { credentials, transport, attemptTimeoutMs } = settings;
  if ("token" in credentials) return suppliedToken(credentials.token);
  return loadedTokenSource(async () => {
    const { clientCredentials } = await loadPart(
      "client credentials",
      () => import("./tokens/client-credentials.ts"),
    );
    const layers = [timeout({ attemptTimeoutMs, time }), tracing];
    const sendWith = (readRefusal: ReadRefusal) => compose(send({ transport, readRefusal, time }), layers);
    return clientCredentials({ ...credentials, sendWith, attemptTimeoutMs, time });
  });
}
