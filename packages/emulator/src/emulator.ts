import { Hono } from "hono";
import type { OAuthClient } from "./oauth-client.ts";
import { tokenRoute } from "./routes/oauth-token.ts";

/** What the emulated organisation starts with. */
export interface EmulatorOptions {
  /** The clients that can have tokens. */
  clients: readonly OAuthClient[];
}

/** Genesys Cloud in this process. */
export interface Emulator {
  /** Answers a request to any host; give it to a program in place of the global `fetch`. */
  fetch(request: Request): Promise<Response>;
}

/** Makes a Genesys Cloud organisation that answers the published routes listed in the README. */
export function createEmulator({ clients }: EmulatorOptions): Emulator {
  const routes = new Hono().route("/oauth/token", tokenRoute(clients));
  return { fetch: async (request) => routes.fetch(request) };
}
