import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contact, Scope } from "@quickcard/client";
import {
  createClientRegistry,
  createGateway,
  type Gateway,
  type GatewayOptions,
  openSqliteStore,
} from "@quickcard/gateway";
import { pino } from "pino";

/** A gateway in this process, without a port, on a folder of its own and a clock that the test turns. */
export interface TestGateway extends AsyncDisposable {
  gateway: Gateway;
  /** Milliseconds that the gateway's clocks are ahead. */
  clock: { aheadMs: number };
  /** Sends a request; a body that is not a string is sent as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** A token with these scopes; all of them where none is named. */
  token(...scopes: Scope[]): Promise<string>;
  clients: ReturnType<typeof createClientRegistry>;
  /** Makes a contact on the web channel. */
  contact(displayName?: string): Promise<Contact & { chatUrl: string }>;
}

/** What goes into a request beside method and path. */
export interface CallOptions {
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

const allScopes: Scope[] = [
  "messages:send",
  "conversations:read",
  "conversations:write",
  "analytics:conversations:query",
];

/** Where the contacts API begins. */
export const api = "/api/v2/conversations/messaging";

/** Starts a gateway for one test; whatever it may be told is as a test wants it unless said otherwise. */
export async function startGateway(
  options: Partial<
    Pick<
      GatewayOptions,
      | "webhookTargets"
      | "channels"
      | "deliveryPolicy"
      | "rateLimitPerMinute"
      | "allowHttpMedia"
      | "genesysCloud"
    >
  > = {},
): Promise<TestGateway> {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-test-"));
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const store = openSqliteStore(directory, { now });
  const gateway = createGateway({
    store,
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    ...options,
    now,
    monotonicNow: () => performance.now() + clock.aheadMs,
  });
  const clients = createClientRegistry(store, now);

  const call: TestGateway["call"] = (method, path, more) => gateway.fetch(requestOf(method, path, more));
  const token: TestGateway["token"] = async (...scopes) => {
    const client = await clients.create({ name: "test", scopes: scopes.length > 0 ? scopes : allScopes });
    return fetchToken(call, client);
  };
  let writer: Promise<string> | undefined;
  return {
    gateway,
    clock,
    call,
    token,
    clients,
    async contact(displayName = "Ada") {
      writer ??= token("conversations:write");
      const body = { channel: "web", displayName };
      const answer = await call("POST", `${api}/contacts`, { token: await writer, body });
      return (await answer.json()) as Contact & { chatUrl: string };
    },
    async [Symbol.asyncDispose]() {
      await gateway.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function requestOf(method: string, path: string, { token, headers, body }: CallOptions = {}): Request {
  return new Request(new URL(path, "http://gateway.test"), {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: bytesOf(body) }),
  });
}

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  return typeof body === "string" ? body : JSON.stringify(body);
}

async function fetchToken(
  call: TestGateway["call"],
  { clientId, clientSecret = "" }: { clientId: string; clientSecret?: string },
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await call("POST", "/oauth/token", {
    body: form.toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Waits until something holds, by trying again at every turn of the event loop; gives up after 20 seconds. */
export async function waitUntil<Value>(find: () => Promise<Value | undefined | false>): Promise<Value> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("waited 20 seconds for something that did not come about");
}
