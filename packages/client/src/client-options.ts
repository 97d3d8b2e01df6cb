import { networkRules } from "#default-transport";
import type { Layer } from "./layers/layer.ts";
import type { Logger } from "./telemetry/logger.ts";
import type { SuppliedToken } from "./tokens/supplied-token.ts";
import type { ClientAuthentication } from "./tokens/token-endpoint.ts";
import { isToken } from "./tokens/token-text.ts";
import type { Fetch } from "./transport/fetch-transport.ts";
import type { Transport } from "./transport/transport.ts";

/** What a client can be told. `docs/reference/client-options.md` has it as a table. */
export interface ClientOptions {
  /** Where the contacts API is: `https:`, or `http:` to this computer. @default "https://api.mypurecloud.com" */
  readonly baseUrl?: string | undefined;
  /** The id of an OAuth client that may use client credentials. */
  readonly clientId?: string | undefined;
  /** Its secret. */
  readonly clientSecret?: string | undefined;
  /** How id and secret travel. @default "body"; "basic" where `baseUrl` is Genesys Cloud */
  readonly authentication?: ClientAuthentication | undefined;
  /** An access token, or what supplies one, in place of `clientId` and `clientSecret`. */
  readonly token?: SuppliedToken | undefined;
  /** Most milliseconds for a whole call, with its repetitions and the waits between them. @default 120000 */
  readonly timeoutMs?: number | undefined;
  /** Most milliseconds for one attempt of a call. @default 15000 */
  readonly attemptTimeoutMs?: number | undefined;
  /** How often a call is tried in all; 1 for never again. @default 4 */
  readonly maxAttempts?: number | undefined;
  /** Whether calls keep within the window of requests that the server tells of. @default true */
  readonly pace?: boolean | undefined;
  /** Whether messages are checked before they are sent. @default true */
  readonly validate?: boolean | undefined;
  /** What is told of each request: `console`, or what has `debug` and `warn` like it. @default nothing is told */
  readonly logger?: Logger | undefined;
  /** The URL of an HTTP proxy; `false` for none. @default that of HTTPS_PROXY, but where NO_PROXY names the host */
  readonly proxy?: string | false | undefined;
  /** Certificates in PEM of the authorities to trust, in place of the computer's own. */
  readonly ca?: string | readonly string[] | undefined;
  /** What sends requests, in place of undici: a runtime's `fetch`, or that of a server in memory. */
  readonly fetch?: Fetch | undefined;
  /** What sends requests, in place of undici. */
  readonly transport?: Transport | undefined;
  /** Layers of one's own, the first outermost. They stand outside the client's: a call passes once, however often it is tried. */
  readonly layers?: readonly Layer[] | undefined;
}

/** What holds for one option at run time. */
export interface OptionRule {
  /** What is used where nothing is given. */
  readonly default?: string | number | boolean | readonly Layer[];
  readonly accepts: (value: unknown) => boolean;
  /** What the value must be, in words. */
  readonly must: string;
  /** The environment variable that `fromEnvironment` reads it from. */
  readonly variable?: string;
}

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isDuration = (value: unknown) => typeof value === "number" && value > 0;
const isBoolean = (value: unknown) => typeof value === "boolean";
const isFunction = (value: unknown) => typeof value === "function";

function isLogger(value: unknown): boolean {
  const { debug, warn } = Object(value) as Record<string, unknown>;
  return isFunction(debug) && isFunction(warn);
}

/** Every option with its rule. */
export const optionRules = {
  baseUrl: {
    default: "https://api.mypurecloud.com",
    accepts: isText,
    must: "be a URL",
    variable: "GENESYS_BASE_URL",
  },
  clientId: { accepts: isText, must: "be text, and not empty", variable: "GENESYS_CLIENT_ID" },
  clientSecret: { accepts: isText, must: "be text, and not empty", variable: "GENESYS_CLIENT_SECRET" },
  authentication: {
    accepts: (value) => value === "body" || value === "basic",
    must: 'be "body" or "basic"',
  },
  token: {
    accepts: (value) => isToken(value) || isFunction(value),
    must: "be an access token, without `Bearer`, or a function that returns one",
  },
  timeoutMs: { default: 120_000, accepts: isDuration, must: "be milliseconds, more than 0" },
  attemptTimeoutMs: { default: 15_000, accepts: isDuration, must: "be milliseconds, more than 0" },
  maxAttempts: {
    default: 4,
    accepts: (value) => Number.isInteger(value) && Number(value) >= 1,
    must: "be a whole number, 1 or more",
  },
  pace: { default: true, accepts: isBoolean, must: "be true or false" },
  validate: { default: true, accepts: isBoolean, must: "be true or false" },
  logger: { accepts: isLogger, must: "have the methods `debug` and `warn`" },
  proxy: networkRules.proxy,
  ca: networkRules.ca,
  fetch: { accepts: isFunction, must: "be a function that takes a Request" },
  transport: { accepts: isFunction, must: "be a transport: a function that takes a TransportRequest" },
  layers: {
    default: [],
    accepts: (value) => Array.isArray(value) && value.every(isFunction),
    must: "be a list of layers",
  },
} as const satisfies { readonly [Name in keyof Required<ClientOptions>]: OptionRule };
