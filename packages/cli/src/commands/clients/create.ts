import type { Scope } from "@quickcard/client";
import type { CreatedClient } from "@quickcard/gateway";
import { Option } from "commander";
import { wholeNumber } from "../../arguments/number-option.ts";
import { parseScopes, scopeMeanings, scopes } from "../../arguments/scopes.ts";
import { variables } from "../../environment.ts";
import { usageFailure } from "../../errors/failure.ts";
import { addPlaceOptions, gatewayPlace, type PlaceOptions, placeName } from "../../gateway/gateway-place.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import type { Output } from "../../terminal/output.ts";
import { text } from "../../terminal/terminal-text.ts";
import { withClientRegistry } from "./client-registry.ts";

interface CreateOptions extends PlaceOptions {
  name: string;
  scopes: Scope[];
  public?: boolean;
  redirectUri?: string[];
  tokenLifetime?: number;
}

/** Declares `quickcard clients create`. */
export function addClientsCreate(parent: QuickcardCommand): void {
  const command = parent
    .command("create")
    .summary("make an OAuth client and show its secret once")
    .description(
      `Make an OAuth client for a program. Works while the gateway runs and while it does not. Scopes: ${scopeMeanings}.`,
    )
    .requiredOption("--name <name>", "what the client is called in lists")
    .addOption(
      new Option("--scopes <list>", "what it may do, separated by commas")
        .choices(scopes)
        .argParser(parseScopes)
        .makeOptionMandatory(),
    )
    .option("--public", "a client without a secret, for a person to approve (PKCE)")
    .option("--redirect-uri <uri>", "where a public client is sent back to; repeatable", collect)
    .option(
      "--token-lifetime <seconds>",
      "how long its tokens live",
      wholeNumber("--token-lifetime", 1, 172_800),
    );
  addPlaceOptions(command)
    .example("quickcard clients create --name shop", "--scopes messages:send,conversations:read")
    .example(
      "quickcard clients create --name console --public",
      "--redirect-uri http://127.0.0.1/callback --scopes conversations:read",
    )
    .run<CreateOptions>(runCreate);
}

function collect(uri: string, before: string[] = []): string[] {
  return [...before, uri];
}

async function runCreate(invocation: Invocation<CreateOptions>): Promise<void> {
  const { options, output } = invocation;
  const { name, redirectUri: redirectUris, tokenLifetime: tokenLifetimeSeconds } = options;
  if ((options.public ?? false) !== (redirectUris !== undefined)) {
    throw usageFailure("--public and --redirect-uri belong together.", "Give both, or neither.");
  }
  const client = await withClientRegistry(invocation, (registry) =>
    registry.create({
      name,
      scopes: options.scopes,
      ...(redirectUris && { redirectUris }),
      ...(tokenLifetimeSeconds !== undefined && { tokenLifetimeSeconds }),
    }),
  );
  output.result(client);
  if (!output.isJson) showClient(client, placeName(gatewayPlace(options, invocation.surroundings)), output);
}

function showClient(
  { name, clientId, clientSecret, approvalCode, scopes: granted }: CreatedClient,
  directory: string,
  output: Output,
): void {
  output.say(text`Client ${output.style.bold(name)} made in ${directory}, with ${granted.join(", ")}.`);
  const proof = clientSecret === undefined ? "approval code" : "secret";
  output.say(text`Its ${proof} is shown this once and kept nowhere in clear: keep it safe.`);
  output.say(text``);
  output.say(text`export ${variables.clientId}='${clientId}'`);
  if (clientSecret !== undefined) output.say(text`export ${variables.clientSecret}='${clientSecret}'`);
  output.say(text`export ${variables.baseUrl}='http://127.0.0.1:4400'  # where your gateway listens`);
  if (approvalCode === undefined) return;
  output.say(text``);
  output.say(text`Approval code, typed on the consent page by whoever may allow it: ${approvalCode}`);
}
