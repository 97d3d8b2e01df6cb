import type { Contact } from "@quickcard/client";
import { scopes } from "../arguments/scopes.ts";
import type { Environment } from "../environment.ts";
import { errorCode } from "../errors/error-code.ts";
import { type ClientSettings, useClient } from "../gateway/connection.ts";
import { readDemoCredentials, writeDemoCredentials } from "./demo-credentials.ts";

/** The demo's program: what it signs in with, and the customer that it writes to. */
export interface DemoProgram {
  readonly credentials: ClientSettings;
  readonly contact: Contact;
  /** Whether both were there from an earlier run. */
  readonly isReused: boolean;
}

/** Finds the client and contact of an earlier run, or makes them, and keeps them for the next one. */
export async function prepareDemoProgram(
  dataDirectory: string,
  baseUrl: string,
  signal: AbortSignal,
): Promise<DemoProgram> {
  const earlier = await readDemoCredentials(dataDirectory);
  const program =
    (await findEarlier(earlier, baseUrl, signal)) ?? (await makeAnew(dataDirectory, baseUrl, signal));
  const { clientId = "", clientSecret = "" } = program.credentials;
  await writeDemoCredentials(dataDirectory, {
    clientId,
    clientSecret,
    baseUrl,
    contactId: program.contact.id,
  });
  return program;
}

// The data folder was emptied, or the file was changed: then all is made anew.
const staleCodes = new Set(["authentication_failed", "permission_denied", "not_found", "invalid_argument"]);

async function findEarlier(
  { clientId, clientSecret, contactId }: Environment,
  baseUrl: string,
  signal: AbortSignal,
): Promise<DemoProgram | undefined> {
  if (clientId === undefined || clientSecret === undefined || contactId === undefined) return undefined;
  const credentials = { clientId, clientSecret, baseUrl };
  try {
    const contact = await useClient(credentials, (client) => client.contacts.reopen(contactId, { signal }));
    return { credentials, contact, isReused: true };
  } catch (error) {
    if (staleCodes.has(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

async function makeAnew(dataDirectory: string, baseUrl: string, signal: AbortSignal): Promise<DemoProgram> {
  const { openClientRegistry } = await import("@quickcard/gateway");
  const registry = openClientRegistry(dataDirectory);
  try {
    const { clientId, clientSecret = "" } = await registry.create({ name: "demo", scopes });
    const credentials = { clientId, clientSecret, baseUrl };
    const contact = await useClient(credentials, (client) =>
      client.contacts.create({ channel: "web", displayName: "Ada" }, { signal }),
    );
    return { credentials, contact, isReused: false };
  } finally {
    await registry.close();
  }
}
