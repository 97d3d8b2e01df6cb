import { OpenMessagingError } from "@quickcard/client";
import type { OpenIntegration, TokenInfo } from "@quickcard/client/genesys-cloud";
import type { LinkIntegration } from "../genesys-cloud/integrations.ts";
import type { GenesysCloudLinkOptions } from "../genesys-cloud/link-settings.ts";
import { examineDatabase } from "./examine-database.ts";
import { examineIntegration } from "./examine-integration.ts";
import { examinePermissions } from "./examine-permissions.ts";
import { examineSupportedContent } from "./examine-supported-content.ts";
import { examineWebhook } from "./examine-webhook.ts";
import { type DoctorCheck, doctorChecks, type Finding, failed, ok, skipped, warning } from "./finding.ts";
import { type Observed, observeCloud } from "./observe-cloud.ts";

/** What is examined. */
export interface DoctorOptions {
  link: GenesysCloudLinkOptions;
  /** What the webhook's URL should begin with. Default: whatever the integration has. */
  publicUrl?: string;
  /** Where the gateway itself is reached from here, such as `http://127.0.0.1:4400`. */
  gatewayUrl: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Looks at everything that the link stands on, and says of each what is wrong and how to mend it. It changes nothing, and
 * shows no secret.
 */
export async function* examineLink(options: DoctorOptions): AsyncGenerator<Finding, void, undefined> {
  const observed = observeCloud(options.link.cloud);
  try {
    const { cloud } = observed;
    const token = await attempt(() => cloud.getTokenInfo());
    yield regionFinding(observed, token);
    yield clockFinding(observed, options.now());
    yield credentialsFinding(token);
    if ("error" in token) {
      yield* rest("token", `There is no token to look with (${codeOf(token.error)}).`);
    } else {
      yield tokenFinding(token.value);
      yield* examinePermissions(cloud, options.link.integrations);
      yield* examineIntegrations(observed, options);
      yield rateFinding(observed);
    }
    yield await examineDatabase(options.gatewayUrl);
  } finally {
    await observed.cloud.close();
  }
}

type Attempt<Value> = { value: Value } | { error: unknown };

async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

function codeOf(error: unknown): string {
  return OpenMessagingError.is(error) ? error.code : "unexpected error";
}

/** What cannot be looked at without a token; the database can. */
function* rest(from: DoctorCheck, why: string): Generator<Finding> {
  const place = doctorChecks.indexOf(from);
  for (const check of doctorChecks.slice(place)) if (check !== "database") yield skipped(check, why);
}

function regionFinding({ cloud, answered }: Observed, token: Attempt<TokenInfo>): Finding {
  if (answered() || !("error" in token)) return ok("region", `${cloud.baseUrl} answers.`);
  const { error } = token;
  if (OpenMessagingError.is(error) && error.status !== undefined) {
    return ok("region", `The login host of ${cloud.baseUrl} answers.`);
  }
  const what = OpenMessagingError.is(error) ? error.message : "no answer";
  return failed(
    "region",
    `${cloud.baseUrl} or its login host does not answer: ${what}.`,
    "Check --genesys-region, the network's way out to port 443, and the proxy (HTTPS_PROXY).",
  );
}

/** Beyond this a token's or message's time is doubted. */
const clockToleranceMs = 60_000;

function clockFinding({ serverTime }: Observed, now: number): Finding {
  const there = serverTime();
  if (there === undefined) return skipped("clock", "No answer told the time.");
  const awayMs = now - there;
  if (Math.abs(awayMs) <= clockToleranceMs)
    return ok("clock", "This machine's clock agrees with Genesys Cloud's.");
  const seconds = Math.round(Math.abs(awayMs) / 1000);
  return failed(
    "clock",
    `This machine's clock is ${seconds} s ${awayMs > 0 ? "ahead of" : "behind"} Genesys Cloud's.`,
    "Set it by NTP: messages carry the time at which customers wrote them.",
  );
}

function credentialsFinding(token: Attempt<TokenInfo>): Finding {
  if (!("error" in token)) return ok("credentials", "The OAuth client's id and secret are accepted.");
  const { error } = token;
  if (!OpenMessagingError.is(error)) return failed("credentials", "The request failed.", "Try again.");
  const fix =
    error.code === "authentication_failed"
      ? "Copy id and secret of the OAuth client again; it must be active, use the grant Client Credentials, and belong to this region."
      : error.fix;
  return failed("credentials", error.message, fix);
}

function tokenFinding({ organization, OAuthClient }: TokenInfo): Finding {
  const name = OAuthClient?.name ?? "the OAuth client";
  const grant = OAuthClient?.authorizedGrantType;
  if (grant !== undefined && !/client.credentials/i.test(grant)) {
    return failed(
      "token",
      `${name} uses the grant ${grant}.`,
      "Make an OAuth client with the grant Client Credentials: the routes for inbound messages take no other.",
    );
  }
  if (OAuthClient?.state !== undefined && OAuthClient.state !== "active") {
    return failed("token", `${name} is ${OAuthClient.state}.`, "Activate it in Admin, Integrations, OAuth.");
  }
  return ok("token", `The token is ${name}'s, in ${organization?.name ?? "an organisation without a name"}.`);
}

async function* examineIntegrations(
  observed: Observed,
  options: DoctorOptions,
): AsyncGenerator<Finding, void, undefined> {
  for (const integration of options.link.integrations) {
    const found = await attempt(() => observed.cloud.integrations.get(integration.id));
    if ("error" in found) {
      yield missingIntegration(integration, found.error);
      const why = `The integration ${integration.id} could not be read.`;
      yield skipped("webhook", why);
      yield skipped("supported-content", why);
      continue;
    }
    yield* examineOne(observed, options, integration, found.value);
  }
}

async function* examineOne(
  { cloud }: Observed,
  { publicUrl }: DoctorOptions,
  integration: LinkIntegration,
  found: OpenIntegration,
): AsyncGenerator<Finding, void, undefined> {
  yield examineIntegration(integration, found, publicUrl);
  yield await examineWebhook(integration, found.outboundNotificationWebhookUrl);
  yield await examineSupportedContent(cloud, found);
}

function missingIntegration({ id }: LinkIntegration, error: unknown): Finding {
  const isMissing = OpenMessagingError.is(error) && error.status === 404;
  const fix = isMissing
    ? "Copy its id from Admin, Message, Platforms, Open Messaging; it must be of this organisation."
    : "Mend what the permissions or the network lack, then look again.";
  return failed(
    "integration",
    `The integration ${id} ${isMissing ? "is not there" : `could not be read (${codeOf(error)})`}.`,
    fix,
  );
}

/** Fewer than this share of a window left is close to the limit. */
const scarceShare = 0.2;

function rateFinding({ quota }: Observed): Finding {
  const known = quota();
  if (!known) return skipped("rate-limit", "No answer told of a limit.");
  const { count, allowed, resetSeconds } = known;
  const message = `${allowed - count} of ${allowed} requests are left for the next ${resetSeconds} s.`;
  if (allowed - count > allowed * scarceShare) return ok("rate-limit", message);
  return warning(
    "rate-limit",
    message,
    "Something else uses this OAuth client: give the gateway one of its own, or ask Genesys Cloud for a higher limit.",
  );
}
