import { OpenMessagingError } from "@quickcard/client";
import type { GenesysCloud } from "@quickcard/client/genesys-cloud";
import type { LinkIntegration } from "../genesys-cloud/integrations.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Nothing has this id: what is asked of it changes nothing, but for whoever may not ask at all. */
const nothing = "00000000-0000-4000-8000-000000000000";

interface Probe {
  permission: string;
  /** What does not work without it. */
  for: string;
  /** A request that needs it and changes nothing. */
  ask(cloud: GenesysCloud, integrationId: string): Promise<unknown>;
}

/**
 * A token does not tell its permissions, so each is tried by a request that comes to nothing. Genesys Cloud looks at
 * permissions before it looks for what the request names.
 */
const probes: readonly Probe[] = [
  {
    permission: "conversation:message:receive",
    for: "telling what customers write",
    ask: (cloud, integrationId) =>
      cloud.openMessaging.receiveReceipt(integrationId, {
        id: nothing.replaceAll("-", ""),
        channel: { to: { id: "nobody", idType: "Opaque" }, time: new Date(0).toISOString() },
        status: "Delivered",
      }),
  },
  {
    permission: "conversation:message:create",
    for: "putting texts of programs into the transcript",
    // Without an address nothing can be sent.
    ask: (cloud) =>
      cloud.messages.sendAgentless({ fromAddress: nothing, toAddressMessengerType: "open", textBody: "" }),
  },
  {
    permission: "conversation:message:view",
    for: "finding out what became of a doubtful request",
    ask: (cloud) => cloud.messages.getBulk(nothing, [nothing]),
  },
  {
    permission: "conversation:communication:disconnect",
    for: "ending conversations",
    ask: (cloud) => cloud.conversations.disconnect(nothing),
  },
  {
    permission: "analytics:conversationDetail:view",
    for: "finding out what became of a customer's first message",
    ask: (cloud) =>
      cloud.conversations.queryDetails({
        interval: "2020-01-01T00:00:00.000Z/2020-01-01T00:01:00.000Z",
        paging: { pageSize: 1, pageNumber: 1 },
      }),
  },
  {
    permission: "messaging:integration:view",
    for: "this command",
    ask: (cloud) => cloud.integrations.list({ pageSize: 1 }),
  },
];

/** Says of each permission whether the OAuth client has it. */
export async function* examinePermissions(
  cloud: GenesysCloud,
  [integration]: readonly LinkIntegration[],
): AsyncGenerator<Finding, void, undefined> {
  for (const probe of probes) yield await tryOut(probe, cloud, integration?.id ?? nothing);
}

async function tryOut(probe: Probe, cloud: GenesysCloud, integrationId: string): Promise<Finding> {
  const { permission } = probe;
  try {
    await probe.ask(cloud, integrationId);
    return ok("permissions", `${permission} is there.`);
  } catch (error) {
    if (!OpenMessagingError.is(error)) throw error;
    if (error.status === 403) {
      return failed(
        "permissions",
        `${permission} is missing: ${probe.for} does not work.`,
        `Give it to a role of the OAuth client, in the divisions of the conversations. Scopes do not count.`,
      );
    }
    // Refused for what it names, and so not for who asks.
    if (error.fate === "not_applied" && error.status !== 429)
      return ok("permissions", `${permission} is there.`);
    return warning("permissions", `${permission} could not be tried (${error.code}).`, error.fix);
  }
}
