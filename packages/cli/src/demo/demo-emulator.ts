import { randomBytes } from "node:crypto";
import type { Emulator } from "@quickcard/emulator";
import type { Vendor } from "@quickcard/emulator/vendors";
import type { LinkIntegration, ServeOptions } from "@quickcard/gateway";
import { demoCustomers } from "./demo-customers.ts";

/** Genesys Cloud for the demo, with what a gateway joins it by. */
export interface DemoEmulator {
  readonly emulator: Emulator;
  readonly link: NonNullable<ServeOptions["genesysCloud"]>;
  /** Lets it call the gateway, wherever that listens this time. */
  callGateway(gatewayUrl: string): void;
}

/** The same at every start: the file has them. */
const integrationName = "Quickcard";
const clientId = "e3b1f6f0-52f1-4a0e-8c53-6f0d8a3f2f11";

/** Unless a setting says so, Genesys Cloud tells nobody that somebody types. */
const typingShown = {
  name: integrationName,
  event: { typing: { on: { inbound: "Enabled", outbound: "Enabled" } } },
} as const;

/** On one machine, with a customer a channel, little is asked for to notice ends and hand-overs at once: at most 180 of 300 requests a minute. */
const policy = { activeCheckMs: 2000, idleCheckMs: 3000 };

/**
 * Starts the demo's emulator, which goes on from its file.
 *
 * @param port The one that it takes if it is free, and else any; 0: any.
 * @param vendors Each has an integration of its own, by whose name the agent sees what the customer writes with.
 * @throws EmulatorDataInUseError if the demo runs already.
 */
export async function startDemoEmulator(
  port: number,
  file: string,
  vendors: readonly Vendor[],
): Promise<DemoEmulator> {
  const { createEmulator } = await import("@quickcard/emulator");
  const emulator = await createEmulator({ file });
  try {
    await listenSomewhere(emulator, port);
    const { secret } = emulator.createClient({ id: clientId, name: integrationName });
    const webhookSecret = randomBytes(24).toString("base64url");
    const messagingSetting = { id: emulator.putMessagingSetting(typingShown) };
    const names = [integrationName, ...vendors.map((vendor) => demoCustomers[vendor].app)];
    const integrations = names.map((name, index): LinkIntegration => {
      const outboundNotificationWebhookSignatureSecretToken = webhookSecret;
      const id = emulator.putIntegration({
        name,
        messagingSetting,
        outboundNotificationWebhookSignatureSecretToken,
      });
      const channel = vendors[index - 1];
      return { id, webhookSecrets: [webhookSecret], ...(channel && { channels: [channel] }) };
    });
    const { url: baseUrl, loginUrl } = emulator;
    return {
      emulator,
      link: {
        cloud: { baseUrl, loginUrl, clientId, clientSecret: secret },
        integrations,
        policy,
      },
      callGateway(gatewayUrl) {
        const outboundNotificationWebhookUrl = `${gatewayUrl}/genesys-cloud/webhook`;
        for (const name of names) emulator.putIntegration({ name, outboundNotificationWebhookUrl });
      },
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

async function listenSomewhere(emulator: Emulator, port: number): Promise<void> {
  const { EmulatorPortError } = await import("@quickcard/emulator");
  try {
    await emulator.listen({ port });
  } catch (error) {
    if (!(error instanceof EmulatorPortError)) throw error;
    await emulator.listen({ port: 0 });
  }
}
