import type { RunningGateway } from "@quickcard/gateway";
import { type ClientSettings, useClient } from "../connection.ts";
import { Failure } from "../failure.ts";
import { readDemoCredentials } from "./demo-credentials.ts";

/** Where the demo's gateway listens and keeps its data. */
export interface DemoGatewayOptions {
  readonly port: number;
  readonly dataDirectory: string;
}

/**
 * Starts the demo's gateway. It takes `http:` media, because the demo's own picture is served by it, and
 * tells subscribers on this computer.
 * @throws Failure if the demo runs already.
 */
export async function startDemoGateway({ port, dataDirectory }: DemoGatewayOptions): Promise<RunningGateway> {
  const { DataInUseError, serve } = await import("@quickcard/gateway");
  try {
    return await serve({
      port,
      host: "127.0.0.1",
      dataDirectory,
      allowHttpMedia: true,
      allowPrivateTargets: true,
      allowHttpTargets: true,
    });
  } catch (error) {
    if (!(error instanceof DataInUseError)) throw error;
    throw await alreadyRunning(dataDirectory, error);
  }
}

async function alreadyRunning(dataDirectory: string, cause: unknown): Promise<Failure> {
  const { contactId, ...credentials } = await readDemoCredentials(dataDirectory);
  const chatUrl = await customerPage(credentials, contactId);
  return new Failure({
    code: "already_running",
    message: `The demo runs already${credentials.baseUrl ? `, at ${credentials.baseUrl}` : ""}.`,
    fix: `${chatUrl ? `Open its customer's page: ${chatUrl}` : "Use that one"}, or stop it with Ctrl-C in its terminal. For a second one name another folder: --data DIR --port 0`,
    details: { url: credentials.baseUrl, chatUrl },
    cause,
  });
}

/** The page's address, if the demo that runs answers in good time. */
async function customerPage(settings: ClientSettings, contactId = ""): Promise<string | undefined> {
  try {
    const contact = await useClient({ ...settings, timeoutMs: 2000 }, (client) =>
      client.contacts.get(contactId),
    );
    return contact.chatUrl;
  } catch {
    return undefined;
  }
}
