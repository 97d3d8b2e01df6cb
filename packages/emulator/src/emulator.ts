import { type Agent, createAgent } from "./agent.ts";
import type { FlowRecord } from "./bots/flow.ts";
import type { ControlRoute } from "./control/control-route.ts";
import { createDeskCustomers, type DeskCustomer } from "./control/desk-customers.ts";
import { setFlow, storeFlow } from "./control/organisation-controls.ts";
import { EmulatorOptionError } from "./emulator-error.ts";
import {
  type AgentOptions,
  type EmulatorOptions,
  type OAuthClientOptions,
  readOptions,
  type Settings,
} from "./emulator-options.ts";
import type { FaultDial } from "./faults/fault-dial.ts";
import { createIntegration, putIntegration } from "./integrations/change-integrations.ts";
import { putMessagingSetting } from "./integrations/messaging-settings.ts";
import { createMemoryJournal } from "./journal/journal.ts";
import { openJournal } from "./journal/open-journal.ts";
import { type Listening, type ListenOptions, listen } from "./listen.ts";
import { furnish, type OAuthCredentials, storeAgent, storeClient } from "./organisation/furnish.ts";
import { type Organisation, openOrganisation } from "./organisation/organisation.ts";
import type { AgentRecord } from "./organisation/records.ts";
import { loginPath } from "./routes/login-paths.ts";
import { runOrganisation } from "./run-organisation.ts";
import { createChance } from "./time/chance.ts";
import type { EmulatorClock } from "./time/emulator-clock.ts";
import type { Wire } from "./wire/models.ts";
import type { WireLog } from "./wire-log/wire-log.ts";

/** One of the emulator's own operations, for pages and scripts. */
export type Control = Pick<ControlRoute, "method" | "path" | "summary">;

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
  /** Every operation of the platform's that is answered, such as `GET /api/v2/tokens/me`. */
  readonly operations: readonly string[];
  /** Every control that `listen` opens to this machine and its pages. */
  readonly controls: readonly Control[];
  createClient(options?: OAuthClientOptions): OAuthCredentials;
  /** Makes an Open Messaging integration that is complete at once; returns its id. */
  createIntegration(request: Wire<"OpenIntegrationRequest">): string;
  /** Changes the integration of a name, whose fields left out stay, or makes it; returns its id. */
  putIntegration(request: Wire<"OpenIntegrationUpdateRequest">): string;
  /** Changes the messaging setting of a name, whose fields left out stay, or makes it; returns its id. */
  putMessagingSetting(request: Wire<"MessagingSettingRequest">): string;
  createAgent(options: AgentOptions): Agent;
  /** Makes an inbound flow, whose bot answers first where an integration has it; returns its id. */
  createFlow(flow: { name: string; bot: FlowRecord["bot"] }): string;
  /** Lets a flow answer an integration's customers first; without one, agents answer. */
  setFlow(integrationId: string, flowId: string | undefined): void;
  /** The agent desk's page. @throws EmulatorOptionError before `listen`. */
  readonly deskUrl: string;
  /** Shows customers' own pages beside the desk, one at a time, the first one first. @throws EmulatorOptionError */
  showCustomers(customers: readonly DeskCustomer[]): void;
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
 * @throws EmulatorOptionError, EmulatorDataInUseError, EmulatorDataError
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = readOptions(options);
  const journal = options.file === undefined ? createMemoryJournal() : openJournal(options.file);
  try {
    const organisation = openOrganisation(
      journal,
      settings.time,
      createChance(settings.random),
      settings.warn,
    );
    furnish(organisation, options);
    organisation.flush();
    return assemble(organisation, settings);
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** What links begin with before an emulator listens. */
const originWithoutAddress = "https://api.mypurecloud.com";

function assemble(organisation: Organisation, settings: Settings): Emulator {
  let listening: Listening | undefined;
  const customers = createDeskCustomers();
  const url = () => {
    if (listening !== undefined) return listening.url;
    throw new EmulatorOptionError("This emulator has no address: call listen() first.");
  };
  const origin = () => listening?.url ?? originWithoutAddress;
  const running = runOrganisation(organisation, settings, { origin, customers });
  const { webhooks, bots, notifications, handle } = running;
  const keptId = ({ id }: { id: string }) => {
    organisation.flush();
    return id;
  };
  const hand = (agent: AgentRecord) => createAgent({ organisation, webhooks, origin }, agent);
  return {
    faults: running.faults,
    wireLog: running.wireLog,
    clock: organisation.clock,
    operations: running.app.operations,
    controls: running.app.controls.map(({ method, path, summary }) => ({ method, path, summary })),
    fetch: async (request) => handle(request),
    async listen(options = {}) {
      if (listening !== undefined) throw new EmulatorOptionError("This emulator listens already.");
      listening = await listen(handle, options);
      notifications.attach(listening.server);
    },
    get url() {
      return url();
    },
    get loginUrl() {
      return `${url()}${loginPath}`;
    },
    get deskUrl() {
      return `${url()}/desk`;
    },
    showCustomers: customers.show,
    createClient: (client = {}) => storeClient(organisation, client),
    createIntegration: (request) => keptId(createIntegration(organisation, request, organisation.id, 0)),
    putIntegration: (request) => keptId(putIntegration(organisation, request)),
    putMessagingSetting: (request) => keptId(putMessagingSetting(organisation, request)),
    createAgent: (agent) => hand(storeAgent(organisation, agent)),
    createFlow: (flow) => storeFlow(organisation, flow),
    setFlow: (integrationId, flowId) => setFlow(organisation, integrationId, flowId),
    agent: (name) => hand(findAgent(organisation, name)),
    async settled() {
      await bots.settled();
      await webhooks.settled();
    },
    async close() {
      notifications.close();
      await listening?.close();
      bots.close();
      await webhooks.close();
      organisation.close();
    },
  };
}

function findAgent({ agents }: Organisation, name: string | undefined): AgentRecord {
  const all = [...agents.values()];
  const found = name === undefined ? all[0] : all.find((agent) => agent.name === name);
  if (found === undefined) throw new EmulatorOptionError(`There is no agent ${name ?? "yet"}.`);
  return found;
}
