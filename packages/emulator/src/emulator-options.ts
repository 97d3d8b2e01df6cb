import { EmulatorOptionError } from "./emulator-error.ts";
import { limits } from "./limits.ts";
import { knownPermissions, type Permission } from "./organisation/permissions.ts";
import type { OAuthClientRecord } from "./organisation/records.ts";
import type { Chance, RandomSource } from "./time/chance.ts";
import { systemTime, type TimeSource } from "./time/emulator-clock.ts";
import { type WebhookPolicy, webhookPolicy } from "./webhooks/webhook-policy.ts";

/** An OAuth client of the kind that uses client credentials. */
export interface OAuthClientOptions {
  /** Default: a new UUID. */
  id?: string;
  /** Default: a new one. */
  secret?: string;
  name?: string;
  /** `accessTokenValiditySeconds`: 300 to 172,800. Default: 86,400, as on Genesys Cloud. */
  accessTokenValiditySeconds?: number;
  /** Default: all that the emulated routes ask for. */
  permissions?: readonly Permission[];
}

/** Somebody who answers customers. */
export interface AgentOptions {
  name: string;
  /** Whether conversations are connected to the agent at once. Default: false, they alert. */
  autoAnswer?: boolean;
}

/** What an emulated organisation starts with. */
export interface EmulatorOptions {
  /** Where its state is kept across restarts. Default: nowhere. */
  file?: string;
  /** Clients that can have tokens. One whose id is known already is replaced. */
  clients?: readonly OAuthClientOptions[];
  /** Default: one called "Agent", unless the state already has some. */
  agents?: readonly AgentOptions[];
  /** Default: the machine's. */
  time?: TimeSource;
  /** Default: the machine's. */
  random?: RandomSource;
  /** Requests a minute for each token. Default: 300, as on Genesys Cloud. */
  rateLimitPerMinute?: number;
  /** How webhooks are sent, where otherwise than Genesys Cloud does. */
  webhookPolicy?: Partial<WebhookPolicy>;
  /** How long the creation of an integration takes. Default: 1000; 0: it is complete at once. */
  integrationCreationMs?: number;
  /** Hears what needs somebody's eye, such as a full disk. Default: `process.emitWarning`. */
  warn?: (message: string) => void;
}

/** The options with every default filled in. */
export interface Settings {
  time: TimeSource;
  random: RandomSource | undefined;
  rateLimitPerMinute: number;
  webhookPolicy: WebhookPolicy;
  integrationCreationMs: number;
  warn: (message: string) => void;
}

const defaultCreationMs = 1000;

/** @throws EmulatorOptionError */
export function readOptions(options: EmulatorOptions): Settings {
  const settings = {
    time: options.time ?? systemTime,
    random: options.random,
    rateLimitPerMinute: options.rateLimitPerMinute ?? limits.requestsPerMinute.value,
    webhookPolicy: { ...webhookPolicy, ...options.webhookPolicy },
    integrationCreationMs: options.integrationCreationMs ?? defaultCreationMs,
    warn: options.warn ?? ((message: string) => process.emitWarning(message)),
  };
  wholeNumber("rateLimitPerMinute", settings.rateLimitPerMinute, 1, 1_000_000_000);
  wholeNumber("integrationCreationMs", settings.integrationCreationMs, 0, 3_600_000);
  wholeNumber("webhookPolicy.timeoutMs", settings.webhookPolicy.timeoutMs, 1, 3_600_000);
  wholeNumber("webhookPolicy.retries", settings.webhookPolicy.retries, 0, 1000);
  wholeNumber("webhookPolicy.retryDelayMs", settings.webhookPolicy.retryDelayMs, 0, 3_600_000);
  return settings;
}

/** Fills in a client's defaults. @throws EmulatorOptionError */
export function readClient(options: OAuthClientOptions, chance: Chance): OAuthClientRecord {
  const client = {
    id: options.id ?? chance.uuid(),
    secret: options.secret ?? chance.secret(),
    name: options.name ?? "Client",
    accessTokenValiditySeconds: options.accessTokenValiditySeconds ?? limits.tokenSeconds.value,
    permissions: options.permissions ?? knownPermissions,
  };
  wholeNumber("accessTokenValiditySeconds", client.accessTokenValiditySeconds, 300, 172_800);
  const unknown = client.permissions.find((name) => !knownPermissions.includes(name));
  if (unknown !== undefined)
    throw new EmulatorOptionError(
      `permissions: ${unknown} is not asked for by any emulated route. Known: ${knownPermissions.join(", ")}.`,
    );
  return client;
}

function wholeNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new EmulatorOptionError(`${name} must be a whole number from ${least} to ${most}, not ${value}.`);
}
