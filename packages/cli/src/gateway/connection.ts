import type { OpenMessagingClient, Transport } from "@quickcard/client";
import { wholeNumber } from "../arguments/number-option.ts";
import { type Environment, readEnvironment, variables } from "../environment.ts";
import { Failure } from "../errors/failure.ts";
import { currentLogin } from "../login/current-login.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import type { Surroundings } from "../surroundings.ts";

/** The options of every command that talks to a server. */
export interface ConnectionOptions {
  baseUrl?: string;
  clientId?: string;
  dotenv?: string;
  timeout?: number;
}

const defaultTimeoutSeconds = 30;

/** Adds the options that say which server, and as whom. There is none for the secret: a process list shows options. */
export function addConnectionOptions(command: QuickcardCommand): QuickcardCommand {
  // Not `--env-file`: Node 20 takes an option of that name for its own, wherever it stands.
  return command
    .optionsGroup("Connection:")
    .option("--base-url <url>", `the server's address, in place of ${variables.baseUrl}`)
    .option(
      "--client-id <id>",
      `the client, in place of ${variables.clientId}; its secret comes from ${variables.clientSecret} alone, since options are seen in process lists`,
    )
    .option("--dotenv <file>", "read the variables from this file, before those of the environment")
    .option(
      "--timeout <seconds>",
      `longest time for a call with its repetitions; ${defaultTimeoutSeconds} unless told`,
      wholeNumber("--timeout", 1, 3600),
    );
}

/** What the variables and the options that override them say. */
export async function readConnection({
  options,
  surroundings,
}: Invocation<ConnectionOptions>): Promise<Environment> {
  const { baseUrl, clientId } = options;
  const environment = await readEnvironment(surroundings, options.dotenv);
  return {
    ...environment,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(clientId !== undefined && { clientId }),
  };
}

/**
 * Opens a client for some work, and closes it afterwards.
 * @throws Failure if the id or the secret is not set and nobody is logged in.
 */
export async function withClient<Result>(
  invocation: Invocation<ConnectionOptions>,
  work: (client: OpenMessagingClient, environment: Environment) => Promise<Result>,
): Promise<Result> {
  const environment = await readConnection(invocation);
  const credentials = await findCredentials(environment, invocation.surroundings);
  return useClient({ ...credentials, timeoutMs: timeoutMs(invocation.options) }, (client) =>
    work(client, environment),
  );
}

/** The client's id and secret; where no secret is set, the token of `quickcard login`. */
async function findCredentials(
  { contactId: _, ...credentials }: Environment,
  { env }: Surroundings,
): Promise<ClientSettings> {
  const login = credentials.clientSecret === undefined ? await currentLogin(env, credentials) : undefined;
  if (login) return { baseUrl: login.baseUrl, token: login.token };
  requireCredentials(credentials);
  return credentials;
}

/** What a client is opened with. */
export interface ClientSettings {
  clientId?: string;
  clientSecret?: string;
  baseUrl?: string;
  token?: string;
  timeoutMs?: number;
  transport?: Transport;
}

/** Opens a client for some work, and closes it afterwards. */
export async function useClient<Result>(
  settings: ClientSettings,
  work: (client: OpenMessagingClient) => Promise<Result>,
): Promise<Result> {
  const { OpenMessagingClient } = await import("@quickcard/client");
  // The command checks messages itself: whether `http:` media will do is the server's to say.
  const client = new OpenMessagingClient({ ...settings, validate: false });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function timeoutMs({ timeout = defaultTimeoutSeconds }: ConnectionOptions): number {
  return timeout * 1000;
}

function requireCredentials({ clientId, clientSecret }: Environment): void {
  const missing = [
    ...(clientId === undefined ? [variables.clientId] : []),
    ...(clientSecret === undefined ? [variables.clientSecret] : []),
  ];
  if (missing.length === 0) return;
  throw new Failure({
    code: "missing_credentials",
    message: `Not set: ${missing.join(" and ")}.`,
    fix: "Set them in the environment or in .env here, or name a file with --dotenv; without a secret, log in: quickcard login --help. A client is made with: quickcard clients create --help",
    outcome: "usage",
  });
}
