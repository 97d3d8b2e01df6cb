import { createHmac } from "node:crypto";
import { request } from "undici";
import type { LinkIntegration } from "../genesys-cloud/integrations.ts";
import { isLoopbackHost } from "../guarded-http/loopback-host.ts";
import { jsonFields } from "../json/json-fields.ts";
import { readJsonAnswer } from "../json/read-json-answer.ts";
import { connectionFault } from "./connection-fault.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Genesys Cloud waits as long. */
const timeoutMs = 10_000;

/** The gateway answers within this, whatever else is down. */
const promptMs = 1000;

/** Posts to an integration's webhook what Genesys Cloud would, of which nobody sees anything, and judges the answer. */
export async function examineWebhook({ id, webhookSecrets }: LinkIntegration, url: string): Promise<Finding> {
  if (!URL.canParse(url))
    return failed("webhook", `The webhook's URL ${JSON.stringify(url)} is none.`, "Set it whole.");
  const body = JSON.stringify(typingEvent(id));
  const signature = createHmac("sha256", webhookSecrets[0] ?? "")
    .update(body)
    .digest("base64");
  const startedAt = performance.now();
  try {
    const answer = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const told = jsonFields(await readJsonAnswer(answer.body)).text("message") ?? "no reason";
    return judge(url, answer.statusCode, told, performance.now() - startedAt);
  } catch (error) {
    return unreachable(url, error);
  }
}

/** An event: it is taken and shown to nobody. */
function typingEvent(integrationId: string) {
  const time = new Date(0).toISOString();
  return {
    id: "00000000000000000000000000000000",
    channel: {
      id: integrationId,
      platform: "Open",
      type: "Private",
      to: { id: "quickcard-doctor", idType: "Opaque" },
      from: { id: integrationId, idType: "Opaque" },
      time,
    },
    type: "Event",
    events: [{ eventType: "Typing", typing: { type: "On", duration: 1 } }],
    direction: "Outbound",
  };
}

function judge(url: string, status: number, told: string, tookMs: number): Finding {
  const took = `${Math.round(tookMs)} ms`;
  if (status >= 200 && status < 300 && tookMs > promptMs) {
    return warning(
      "webhook",
      `${url} answered ${status} after ${took}.`,
      "Look at what is slow between here and the gateway: Genesys Cloud waits ten seconds.",
    );
  }
  if (status >= 200 && status < 300) {
    return (
      portFinding(url) ??
      ok(
        "webhook",
        `${url} takes a signed webhook, in ${took}. This was tried from here, not from Genesys Cloud.`,
      )
    );
  }
  if (status === 401) {
    return failed(
      "webhook",
      `The gateway refuses the signature: ${told}`,
      "Start the gateway with the secret and the id that this command was given.",
    );
  }
  if (status >= 300 && status < 400) {
    return failed(
      "webhook",
      `${url} answers with a redirect (${status}), which Genesys Cloud does not follow.`,
      "Set the URL that the redirect leads to.",
    );
  }
  if (status === 404) {
    return failed(
      "webhook",
      `At ${url} there is no webhook of a gateway.`,
      "Let the proxy pass /genesys-cloud/webhook on to the gateway, and start it with --genesys-region.",
    );
  }
  return failed(
    "webhook",
    `${url} answered ${status}: ${told}`,
    "Look at the gateway's log, and at the proxy before it.",
  );
}

/** The live platform calls no other port; an emulator does. */
function portFinding(url: string): Finding | undefined {
  const { protocol, port, hostname } = new URL(url);
  if (isLoopbackHost(hostname) || (protocol === "https:" && port === "")) return undefined;
  return failed(
    "webhook",
    `Genesys Cloud calls https: on port 443 alone, and not ${url}.`,
    "Put a proxy with TLS on port 443 before the gateway.",
  );
}

const checkReach = "Check that this URL is reached from outside: firewall, proxy, gateway.";

/** What the faults of a connection mean. */
const reasons: Readonly<Record<string, [string, string]>> = {
  TimeoutError: ["no answer came within ten seconds", checkReach],
  ENOTFOUND: ["its host has no address", "Check the URL and its DNS record, which must be public."],
  ECONNREFUSED: ["nothing listens there", "Start the gateway, and the proxy before it."],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["its certificate is self-signed", "Use a certificate of a public authority."],
  CERT_HAS_EXPIRED: ["its certificate has expired", "Renew it."],
  ERR_TLS_CERT_ALTNAME_INVALID: ["its certificate is for another name", "Get one for this host."],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "its certificate comes without the chain",
    "Serve the intermediate certificates too.",
  ],
};

function unreachable(url: string, error: unknown): Finding {
  const fault = connectionFault(error);
  const [what, fix] = reasons[fault] ?? [`the connection failed (${fault})`, checkReach];
  return failed("webhook", `${url} cannot be reached: ${what}.`, fix);
}
