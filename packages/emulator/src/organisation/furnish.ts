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

/**
 * Gives an organisation the clients and agents that its options name; one without agents gets one called "Agent", a new one a profile
 * of supported content that lets all media through.
 */
export function furnish(organisation: Organisation, { clients = [], agents }: EmulatorOptions): void {
  if (organisation.supportedContents.size === 0) storeDefaultSupportedContent(organisation);
  for (const client of clients) storeClient(organisation, client);
  const wanted = agents ?? (organisation.agents.size === 0 ? [{ name: "Agent" }] : []);
  const known = new Set([...organisation.agents.values()].map(({ name }) => name));
  for (const agent of wanted) if (!known.has(agent.name)) storeAgent(organisation, agent);
}

const anyMedia = [{ type: "*/*" }];

function storeDefaultSupportedContent({ supportedContents, timestamp }: Organisation): void {
  supportedContents.put(firstSupportedContentId, {
    id: firstSupportedContentId,
    name: "Default",
    mediaTypes: { allow: { inbound: anyMedia, outbound: anyMedia } },
    isDefault: true,
    dateCreated: timestamp(),
    dateModified: timestamp(),
    version: 1,
  });
}

/** The same in every organisation: integrations in files of earlier versions name it. */
const firstSupportedContentId = "0b5a1f52-5d8a-4f0c-9b57-3c7c6f0f1a01";

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
