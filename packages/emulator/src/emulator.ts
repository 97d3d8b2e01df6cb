import { Agent as ConnectionPool } from "undici";
import { type Agent, createAgent } from "./agent.ts";
import { concludeWebhook } from "./conversations/outcome-of-webhook.ts";
import { EmulatorOptionError } from "./emulator-error.ts";
import {
  type AgentOptions,
  type EmulatorOptions,
  type OAuthClientOptions,
  readClient,
  readOptions,
  type Settings,
} from "./emulator-options.ts";
import { createFaultDial, type FaultDial } from "./faults/fault-dial.ts";
import { createRateLimiter } from "./http/rate-limiter.ts";
import { createMemoryJournal, openJournal } from "./journal/journal.ts";
import { type Listening, type ListenOptions, listen } from "./listen.ts";
import { type Organisation, openOrganisation } from "./organisation/organisation.ts";
import { createApp, loginPath } from "./routes/create-app.ts";
import { completeIntegration, createIntegration } from "./routes/integration-routes.ts";
import { createChance } from "./time/chance.ts";
import type { EmulatorClock } from "./time/emulator-clock.ts";
import { createWebhookQueue, type WebhookQueue } from "./webhooks/webhook-queue.ts";
import type { Wire } from "./wire/models.ts";
import { createWireLog, type WireLog } from "./wire-log/wire-log.ts";

/** A client as a program needs it to get tokens. */
export interface OAuthCredentials {
  id: string;
  secret: string;
}

/** Genesys Cloud on this machine. */
export interface Emulator {
  /** Answers a request in this process; hosts whose name begins with `login.` are the login host. Give it to a program in place of the global `fetch`. */
  fetch(request: Request): Promise<Response>;
  /** Answers over HTTP until closed. @throws EmulatorOptionError, EmulatorPortError */
  listen(options?: ListenOptions): Promise<void>;
  /** The API's base, such as `http://127.0.0.1:4480`. @throws EmulatorOptionError before `listen`. */
  readonly url: string;
  /** The login host's base: tokens are at `/oauth/token` under it. @throws EmulatorOptionError before `listen`. */
  readonly loginUrl: string;
  readonly clock: EmulatorClock;
  readonly faults: FaultDial;
  /** The last requests and webhooks. */
  readonly wireLog: WireLog;
  createClient(options?: OAuthClientOptions): OAuthCredentials;
  /** Makes an Open Messaging integration that is complete at once; returns its id. */
  createIntegration(request: Wire<"OpenIntegrationRequest">): string;
  createAgent(options: AgentOptions): Agent;
  /** An agent by name; without one, the first. @throws EmulatorOptionError where there is none. */
  agent(name?: string): Agent;
  /** Resolves once no webhook is under way and none is due at this moment. */
  settled(): Promise<void>;
  /** Stops; what was not delivered stays in the file. */
  close(): Promise<void>;
}

/**
 * Makes a Genesys Cloud organisation, new or as the file has it.
 *
 * @throws EmulatorOptionError, DataInUseError, DataUnreadableError
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = readOptions(options);
  const journal = options.file === undefined ? createMemoryJournal() : openJournal(options.file);
  const organisation = openOrganisation(journal, settings.time, createChance(settings.random));
  try {
    furnish(organisation, options);
  } catch (error) {
    organisation.close();
    throw error;
  }
  return run(organisation, settings);
}

function furnish(organisation: Organisation, { clients = [], agents }: EmulatorOptions): void {
  for (const client of clients) storeClient(organisation, client);
  const wanted = agents ?? (organisation.agents.size === 0 ? [{ name: "Agent" }] : []);
  const known = new Set([...organisation.agents.values()].map(({ name }) => name));
  for (const agent of wanted) if (!known.has(agent.name)) storeAgent(organisation, agent);
  organisation.flush();
}

function storeClient(organisation: Organisation, options: OAuthClientOptions): OAuthCredentials {
  const client = readClient(options, organisation.chance);
  organisation.clients.put(client.id, client);
  organisation.flush();
  return { id: client.id, secret: client.secret };
}

function storeAgent(organisation: Organisation, { name, autoAnswer = false }: AgentOptions) {
  const id = organisation.chance.uuid();
  return organisation.agents.put(id, { id, name, autoAnswer });
}

function run(organisation: Organisation, settings: Settings): Emulator {
  const faults = createFaultDial(organisation.chance);
  const wireLog = createWireLog();
  const webhooks = createWebhookQueue({
    organisation,
    faults,
    wireLog,
    policy: settings.webhookPolicy,
    dispatcher: new ConnectionPool({ connections: 64 }),
    onOutcome: (webhook, outcome, status) => concludeWebhook(organisation, webhook, outcome, status),
  });
  const rateLimiter = createRateLimiter(settings.rateLimitPerMinute);
  const app = createApp(
    { organisation, faults, wireLog, rateLimiter },
    { webhooks, integrationCreationMs: settings.integrationCreationMs },
  );
  takeUp(organisation, webhooks, settings);
  return assemble(organisation, webhooks, { faults, wireLog }, (request, bindings) =>
    app.fetch(request, bindings as object),
  );
}

/** Goes on with what an earlier run left half done. */
function takeUp(organisation: Organisation, webhooks: WebhookQueue, settings: Settings): void {
  for (const { id, createStatus } of organisation.integrations.values())
    if (createStatus === "Initiated")
      organisation.clock.schedule(settings.integrationCreationMs, () =>
        completeIntegration(organisation, id),
      );
  webhooks.resume();
}

type Handler = (request: Request, bindings?: unknown) => Response | Promise<Response>;

function assemble(
  organisation: Organisation,
  webhooks: WebhookQueue,
  dials: { faults: FaultDial; wireLog: WireLog },
  handle: Handler,
): Emulator {
  let listening: Listening | undefined;
  const url = () => {
    if (listening === undefined)
      throw new EmulatorOptionError("This emulator has no address: call listen() first.");
    return listening.url;
  };
  const origin = () => listening?.url ?? "https://api.mypurecloud.com";
  const hand = (agent: Parameters<typeof createAgent>[1]) =>
    createAgent({ organisation, webhooks, origin }, agent);
  return {
    ...dials,
    clock: organisation.clock,
    fetch: async (request) => handle(request),
    async listen(options = {}) {
      if (listening !== undefined) throw new EmulatorOptionError("This emulator listens already.");
      listening = await listen(handle, options);
    },
    get url() {
      return url();
    },
    get loginUrl() {
      return `${url()}${loginPath}`;
    },
    createClient: (options = {}) => storeClient(organisation, options),
    createIntegration(request) {
      const { id } = createIntegration(organisation, request, organisation.id, 0);
      organisation.flush();
      return id;
    },
    createAgent(options) {
      const agent = storeAgent(organisation, options);
      organisation.flush();
      return hand(agent);
    },
    agent(name) {
      const agents = [...organisation.agents.values()];
      const found = name === undefined ? agents[0] : agents.find((agent) => agent.name === name);
      if (found === undefined) throw new EmulatorOptionError(`There is no agent ${name ?? "yet"}.`);
      return hand(found);
    },
    settled: () => webhooks.settled(),
    async close() {
      await listening?.close();
      await webhooks.close();
      organisation.close();
    },
  };
}
