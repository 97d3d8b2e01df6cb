import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMessagingClient } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import { type Agent, createEmulator, type Emulator, type EmulatorOptions } from "@quickcard/emulator";
import { openClientRegistry, type RunningGateway, type ServeOptions, serve } from "@quickcard/gateway";
import type { ChatMessage, Timeline } from "@quickcard/web";
import { pino } from "pino";
import { freePort } from "../../../testing/free-port.ts";

/** An integration as the gateway has it. */
export interface TestIntegration {
  id: string;
  webhookSecrets: [string];
}

/** A customer at their page. */
export interface Customer {
  contactId: string;
  chatUrl: string;
  write(text: string): Promise<void>;
  sendPicture(bytes: Uint8Array<ArrayBuffer>, filename: string): Promise<void>;
  tap(messageId: string, choice: number, card?: number): Promise<void>;
  type(): Promise<void>;
  receipt(status: "delivered" | "read", ...messageIds: string[]): Promise<void>;
  /** What the page hears from now on, until `signal` aborts. */
  events(signal: AbortSignal): AsyncGenerator<string>;
  /** What the page shows. */
  shown(): Promise<ChatMessage[]>;
}

/** A gateway and the organisation of Genesys Cloud that it is the middleware of, both over real HTTP. */
export interface LinkedGateway extends AsyncDisposable {
  emulator: Emulator;
  agent: Agent;
  client: OpenMessagingClient;
  /** The integrations, in the order of their options. */
  integrations: readonly TestIntegration[];
  /** The id of the first. */
  integrationId: string;
  /** Stops the gateway, and starts it again on what it has kept. */
  restart(): Promise<void>;
  customer(displayName?: string): Promise<Customer>;
  /** The conversation of Genesys Cloud with a customer, once there is one. */
  conversation(contactId: string): string | undefined;
}

/** What of gateway, emulator and link a test has otherwise. */
export type LinkedGatewayOptions = Omit<Partial<ServeOptions>, "genesysCloud"> & {
  emulator?: EmulatorOptions;
  /** One by the name of `Shop` that has all channels, unless told. */
  integrations?: readonly { name: string; channels?: readonly Channel[] }[];
  link?: Partial<NonNullable<ServeOptions["genesysCloud"]>>;
};

/** The link of a test: it does not wait as long as one that stands in the world. */
const hurriedLink = {
  settleMs: 400,
  requestTimeoutMs: 1000,
  retryWaitsMs: [20, 50, 100, 200, 400, 800, 1600, 3200, 3200, 3200],
  activeCheckMs: 50,
  idleCheckMs: 100,
  pollMs: 20,
  requestsPerMinute: 1_000_000,
};

export async function startLinkedGateway({
  emulator: more = {},
  integrations: wanted = [{ name: "Shop" }],
  link = {},
  ...options
}: LinkedGatewayOptions = {}): Promise<LinkedGateway> {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-link-"));
  const emulator = await createEmulator({ rateLimitPerMinute: 1_000_000, integrationCreationMs: 0, ...more });
  await emulator.listen({ port: 0 });
  const oauth = emulator.createClient();
  const port = options.port ?? (await freePort());
  const webhookUrl = `http://127.0.0.1:${port}/genesys-cloud/webhook`;
  const integrations = wanted.map(({ name, ...own }) => ({
    ...addIntegration(emulator, name, webhookUrl),
    ...own,
  }));
  const start = () =>
    serve({
      host: "127.0.0.1",
      dataDirectory: directory,
      rateLimitPerMinute: 1_000_000,
      logger: pino({ level: "silent" }),
      allowHttpMedia: true,
      ...options,
      port,
      genesysCloud: {
        cloud: {
          baseUrl: emulator.url,
          loginUrl: emulator.loginUrl,
          clientId: oauth.id,
          clientSecret: oauth.secret,
        },
        integrations,
        spoolDirectory: join(directory, "spool"),
        ...link,
        policy: { ...hurriedLink, ...link.policy },
      },
    });
  let gateway: RunningGateway = await start();
  const { database } = options;
  const registry = openClientRegistry(database === undefined ? directory : { database });
  const scopes = ["messages:send", "conversations:read", "conversations:write"] as const;
  const { clientId, clientSecret = "" } = await registry.create({ name: "test", scopes: [...scopes] });
  await registry.close();
  const client = new OpenMessagingClient({ baseUrl: gateway.url, clientId, clientSecret });
  const agent = emulator.agent();
  return {
    emulator,
    agent,
    client,
    integrations,
    integrationId: integrations[0]?.id ?? "",
    async restart() {
      await gateway.close();
      gateway = await start();
    },
    customer: (displayName = "Ada") => openPage(client, displayName),
    conversation: (contactId) => agent.conversations().find(({ address }) => address === contactId)?.id,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await emulator.close();
      await client.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Sets an integration up in the organisation, with a secret of its own, that lets typing through. */
function addIntegration(emulator: Emulator, name: string, webhookUrl: string): TestIntegration {
  const typing = { on: { inbound: "Enabled", outbound: "Enabled" } } as const;
  const secret = `0123456789abcdef-test-secret-${name}`;
  const id = emulator.createIntegration({
    name,
    messagingSetting: { id: emulator.putMessagingSetting({ name: "Typing", event: { typing } }) },
    outboundNotificationWebhookUrl: webhookUrl,
    outboundNotificationWebhookSignatureSecretToken: secret,
  });
  return { id, webhookSecrets: [secret] };
}

async function openPage(client: OpenMessagingClient, displayName: string): Promise<Customer> {
  const contact = await client.contacts.create({ channel: "web", displayName });
  const page = String((contact as { chatUrl?: string }).chatUrl);
  let written = 0;
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${page}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`the page's ${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  const clientMessageId = () => {
    written += 1;
    return String(written);
  };
  return {
    contactId: contact.id,
    chatUrl: page,
    write: (text) => post("messages", { clientMessageId: clientMessageId(), text }),
    async sendPicture(bytes, filename) {
      const query = new URLSearchParams({ clientMessageId: clientMessageId(), filename });
      const answer = await fetch(`${page}/pictures?${query}`, { method: "POST", body: bytes });
      if (!answer.ok) throw new Error(`the picture was answered ${answer.status}: ${await answer.text()}`);
    },
    tap: (messageId, choice, card) =>
      post("messages", {
        clientMessageId: clientMessageId(),
        tap: { messageId, choice, ...(card === undefined ? {} : { card }) },
      }),
    type: () => post("typing", {}),
    async *events(signal) {
      const { cursor } = (await (await fetch(`${page}/timeline`)).json()) as Timeline;
      const { body } = await fetch(`${page}/events?after=${cursor}`, { signal });
      if (body) yield* body.pipeThrough(new TextDecoderStream());
    },
    receipt: (status, ...messageIds) => post("receipts", { status, messageIds }),
    async shown() {
      const answer = await fetch(`${page}/timeline`);
      return ((await answer.json()) as Timeline).messages;
    },
  };
}
