import {
  type AgentOptions,
  type EmulatorOptions,
  type OAuthClientOptions,
  readClient,
} from "../emulator-options.ts";
import type { Organisation } from "./organisation.ts";
import type { AgentRecord } from "./records.ts";

/** A client as a program needs it to get tokens. */
export interface OAuthCredentials {
  id: string;
  secret: string;
}

/** Gives an organisation the clients and agents that its options name; one without agents gets one called "Agent". */
export function furnish(organisation: Organisation, { clients = [], agents }: EmulatorOptions): void {
  for (const client of clients) storeClient(organisation, client);
  const wanted = agents ?? (organisation.agents.size === 0 ? [{ name: "Agent" }] : []);
  const known = new Set([...organisation.agents.values()].map(({ name }) => name));
  for (const agent of wanted) if (!known.has(agent.name)) storeAgent(organisation, agent);
}

/** @throws EmulatorOptionError */
export function storeClient(organisation: Organisation, options: OAuthClientOptions): OAuthCredentials {
  const client = readClient(options, organisation.chance);
  organisation.clients.put(client.id, client);
  organisation.flush();
  return { id: client.id, secret: client.secret };
}

export function storeAgent(
  { agents, chance, flush }: Organisation,
  { name, autoAnswer = false }: AgentOptions,
): AgentRecord {
  const id = chance.uuid();
  const agent = agents.put(id, { id, name, autoAnswer });
  flush();
  return agent;
}
