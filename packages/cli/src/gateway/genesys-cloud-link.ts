import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Channel } from "@quickcard/content";
import type { GenesysCloudLinkOptions, LinkIntegration } from "@quickcard/gateway";
import { channels } from "../arguments/channels.ts";
import { wholeNumber } from "../arguments/number-option.ts";
import { errorCode } from "../errors/error-code.ts";
import { usageFailure } from "../errors/failure.ts";
import type { QuickcardCommand } from "../quickcard-command.ts";
import type { Surroundings } from "../surroundings.ts";

/** What the link takes from the environment; each may name a file instead, as `…_FILE`. */
const linkVariables = {
  clientId: "GENESYS_CLOUD_CLIENT_ID",
  clientSecret: "GENESYS_CLOUD_CLIENT_SECRET",
  webhookSecret: "GENESYS_CLOUD_WEBHOOK_SECRET",
  botSecret: "GENESYS_CLOUD_BOT_SECRET",
} as const;

/** The options of the link, as the command line has them. */
export interface LinkOptions {
  genesysRegion?: string;
  genesysUrl?: string;
  genesysLoginUrl?: string;
  genesysIntegration?: NamedIntegration[];
  genesysRequests?: number;
  genesysTemplates?: string;
}

interface NamedIntegration {
  id: string;
  channels?: Channel[];
}

/** Adds the options that join a gateway to an organisation of Genesys Cloud. */
export function addLinkOptions(command: QuickcardCommand): QuickcardCommand {
  return command
    .option(
      "--genesys-region <region>",
      `join Genesys Cloud in this region, such as eu_central_1 or mypurecloud.de; needs ${linkVariables.clientId}, ${linkVariables.clientSecret} and ${linkVariables.webhookSecret}, each also as …_FILE with a file's name`,
    )
    .option("--genesys-url <url>", "the API's address in place of a region, such as an emulator's")
    .option("--genesys-login-url <url>", "where tokens are, with --genesys-url; beside the API unless told")
    .option(
      "--genesys-integration <id>",
      "an Open Messaging integration; with =web,… behind it, only for these channels; repeatable",
      collectIntegrations,
    )
    .option(
      "--genesys-requests <number>",
      "requests a minute to Genesys Cloud, of all gateways together",
      wholeNumber("--genesys-requests", 1, 1_000_000),
    )
    .option(
      "--genesys-templates <dir>",
      `messages that a flow can ask the bot connector for, a .json file each; needs ${linkVariables.botSecret}`,
    );
}

function collectIntegrations(argument: string, before: NamedIntegration[] = []): NamedIntegration[] {
  const [id = "", list] = argument.split("=", 2);
  if (list === undefined) return [...before, { id }];
  const named = list.split(",").map((name) => {
    const channel = channels.find((known) => known === name.trim());
    if (channel) return channel;
    throw usageFailure(
      `--genesys-integration names the channel "${name}", which there is none of.`,
      `The channels are ${channels.join(", ")}`,
    );
  });
  return [...before, { id, channels: named }];
}

/** The link that the options ask for; `undefined` where they ask for none. @throws Failure naming what is missing. */
export async function readLink(
  options: LinkOptions,
  surroundings: Pick<Surroundings, "env" | "cwd">,
): Promise<GenesysCloudLinkOptions | undefined> {
  const { genesysRegion: region, genesysUrl: baseUrl, genesysLoginUrl: loginUrl } = options;
  if (region === undefined && baseUrl === undefined) return rejectLoneOptions(options);
  if (region !== undefined && baseUrl !== undefined) {
    throw usageFailure("--genesys-region and --genesys-url are both given.", "Give one of them");
  }
  const read = (name: keyof typeof linkVariables) => readSecret(linkVariables[name], surroundings);
  const templates = options.genesysTemplates;
  const { readTemplates } = await import("@quickcard/gateway");
  return {
    cloud: {
      ...(region === undefined ? { baseUrl } : { region }),
      ...(loginUrl === undefined ? {} : { loginUrl }),
      clientId: required(read("clientId"), linkVariables.clientId),
      clientSecret: required(read("clientSecret"), linkVariables.clientSecret),
    },
    integrations: withSecrets(
      options.genesysIntegration ?? [],
      required(read("webhookSecret"), linkVariables.webhookSecret),
    ),
    ...(options.genesysRequests === undefined ? {} : { requestsPerMinute: options.genesysRequests }),
    ...(templates === undefined
      ? {}
      : {
          botConnector: {
            secret: required(read("botSecret"), linkVariables.botSecret),
            templates: readTemplates(resolve(surroundings.cwd, templates), { allowHttp: false }),
          },
        }),
  };
}

/** An option of the link without the link is a mistake, and not to be passed over. */
function rejectLoneOptions(options: LinkOptions): undefined {
  const lone = Object.keys(options).find((name) => name.startsWith("genesys"));
  if (lone === undefined) return undefined;
  const flag = `--${lone.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw usageFailure(
    `${flag} is given, and no organisation.`,
    "Name it with --genesys-region, or an emulator with --genesys-url",
  );
}

/** A secret for all integrations; or lines, each an integration's id and a secret: several of one while it is rotated. */
function withSecrets(named: NamedIntegration[], text: string): LinkIntegration[] {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  const pairs = lines.filter((words) => words.length === 2);
  return named.map((integration) => ({
    ...integration,
    webhookSecrets:
      pairs.length === 0
        ? [text.trim()]
        : pairs.flatMap(([id, secret]) => (id === integration.id && secret ? [secret] : [])),
  }));
}

function readSecret(variable: string, { env, cwd }: Pick<Surroundings, "env" | "cwd">): string | undefined {
  const value = env[variable];
  if (value) return value;
  const file = env[`${variable}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(resolve(cwd, file), "utf8").trim();
  } catch (cause) {
    throw usageFailure(
      `The file that ${variable}_FILE names cannot be read: ${errorCode(cause)}.`,
      "Name a file that this user may read",
    );
  }
}

function required(value: string | undefined, variable: string): string {
  if (value) return value;
  throw usageFailure(
    `${variable} is not set.`,
    `Set it, or ${variable}_FILE to the name of a file that holds it`,
    "usage.environment",
  );
}
