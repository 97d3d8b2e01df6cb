import { defaultTransport } from "#default-transport";
import { readBaseUrl } from "./base-url.ts";
import { type ClientOptions, type OptionRule, optionRules } from "./client-options.ts";
import { ConfigurationError } from "./errors/local-errors.ts";
import type { Layer } from "./layers/layer.ts";
import type { Logger } from "./telemetry/logger.ts";
import type { ClientCredentials } from "./tokens/client-credentials.ts";
import type { SuppliedToken } from "./tokens/supplied-token.ts";
import { fetchTransport } from "./transport/fetch-transport.ts";
import type { Transport } from "./transport/transport.ts";

/** Where tokens come from: the user, or a token endpoint. */
type Credentials = { readonly token: SuppliedToken } | ClientCredentials;

/** A client's options, checked and complete. */
export interface ClientSettings {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly pace: boolean;
  readonly validate: boolean;
  readonly logger: Logger | undefined;
  readonly transport: Transport;
  readonly layers: readonly Layer[];
}

/**
 * Checks options and fills in what was not given.
 *
 * @throws ConfigurationError for the first that is unknown, missing or not usable.
 */
export function readClientOptions(given: ClientOptions | null | undefined): ClientSettings {
  const options = given ?? {};
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const baseUrl = readBaseUrl(options.baseUrl ?? optionRules.baseUrl.default);
  return {
    baseUrl,
    credentials: readCredentials(options, baseUrl),
    timeoutMs: options.timeoutMs ?? optionRules.timeoutMs.default,
    attemptTimeoutMs: options.attemptTimeoutMs ?? optionRules.attemptTimeoutMs.default,
    maxAttempts: options.maxAttempts ?? optionRules.maxAttempts.default,
    pace: options.pace ?? optionRules.pace.default,
    validate: options.validate ?? optionRules.validate.default,
    logger: options.logger,
    transport: readTransport(options),
    layers: options.layers ?? optionRules.layers.default,
  };
}

function checkOption(name: string, value: unknown): void {
  const rule = Object.hasOwn(optionRules, name)
    ? (optionRules as Record<string, OptionRule>)[name]
    : undefined;
  if (!rule) {
    const known = Object.keys(optionRules).join(", ");
    throw optionError(name, "is not an option of the client", `The options are ${known}.`);
  }
  if (value === undefined || rule.accepts(value)) return;
  throw optionError(name, `must ${rule.must}`, "Change or leave out the option.", rule.variable);
}

function readCredentials(options: ClientOptions, baseUrl: string): Credentials {
  const { token, clientId, clientSecret, authentication } = options;
  if (token !== undefined) {
    if (clientId === undefined && clientSecret === undefined) return { token };
    throw optionError("token", "is given beside `clientId` or `clientSecret`", "Give one or the other.");
  }
  if (clientId === undefined) throw missingCredential("clientId");
  if (clientSecret === undefined) throw missingCredential("clientSecret");
  return { clientId, clientSecret, baseUrl, authentication };
}

function readTransport({ transport, fetch, proxy, ca }: ClientOptions): Transport {
  if (transport && fetch) throw optionError("fetch", "is given beside `transport`", "Give one or the other.");
  const own = transport ?? (fetch && fetchTransport(fetch));
  if (!own) return defaultTransport({ proxy, ca });
  if (proxy === undefined && ca === undefined) return own;
  const option = proxy === undefined ? "ca" : "proxy";
  throw optionError(
    option,
    `is given beside \`${transport ? "transport" : "fetch"}\``,
    "It is for the default transport on Node: set it up in your own.",
  );
}

function missingCredential(option: "clientId" | "clientSecret"): ConfigurationError {
  const fix = "Give `clientId` and `clientSecret`, or a `token`. `quickcard clients create` makes a client.";
  return optionError(option, "is missing", fix, optionRules[option].variable);
}

function optionError(option: string, fault: string, fix: string, variable?: string): ConfigurationError {
  return new ConfigurationError({ option, variable, message: `\`${option}\` ${fault}`, fix });
}
