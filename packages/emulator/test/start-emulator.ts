import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator, type EmulatorOptions } from "@quickcard/emulator";

export const webhookSecret = "0123456789abcdef-test-secret";

/** A webhook as it came. */
export interface Received {
  headers: IncomingMessage["headers"];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator sent
  body: any;
}

/** A program of the customer's own that takes webhooks, as Open Messaging asks for. */
export interface Middleware {
  url: string;
  received: Received[];
  /** What is answered, from now on: a status, or nothing at all. */
  answer: number | "nothing";
  /** Resolves once so many webhooks have come in all. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startMiddleware(): Promise<Middleware> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => void take(request, response));
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    middleware.received.push({ headers: request.headers, text, body: JSON.parse(text) });
    if (middleware.answer !== "nothing") response.writeHead(middleware.answer).end();
    for (const { count, resolve } of waiting) if (middleware.received.length >= count) resolve();
  };
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const middleware: Middleware = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received: [],
    answer: 200,
    until: (count) =>
      middleware.received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return middleware;
}

/** Calls the API in this process with a token of a client that may do everything. */
export type CallApi = (
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator answered
) => Promise<{ status: number; body: any; headers: Headers }>;

export async function fetchToken(emulator: Emulator, id: string, secret: string): Promise<string> {
  const response = await emulator.fetch(
    new Request("https://login.mypurecloud.com/oauth/token", {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    }),
  );
  return ((await response.json()) as { access_token: string }).access_token;
}

export function callApiWith(emulator: Emulator, token: string | undefined): CallApi {
  return async (method, path, body) => {
    const response = await emulator.fetch(
      new Request(`https://api.mypurecloud.com${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  };
}

/** An emulator, a middleware behind its one integration, and what calls the API. */
export async function startOrganisation(options: EmulatorOptions = {}) {
  const middleware = await startMiddleware();
  const emulator = await createEmulator(options);
  const integrationId = emulator.createIntegration({
    name: "Shop",
    outboundNotificationWebhookUrl: middleware.url,
    outboundNotificationWebhookSignatureSecretToken: webhookSecret,
  });
  const { id, secret } = emulator.createClient();
  const callApi = callApiWith(emulator, await fetchToken(emulator, id, secret));
  return {
    emulator,
    middleware,
    integrationId,
    callApi,
    /** A customer writes; answers with the conversation's id. */
    async say(text: string, from = "cust-42", messageId?: string): Promise<string> {
      const { body } = await callApi(
        "POST",
        `/api/v2/conversations/messages/${integrationId}/inbound/open/message?prefetchConversationId=true`,
        { ...inbound(from, messageId), text },
      );
      return body.conversationId;
    },
    async close() {
      await emulator.close();
      await middleware.close();
    },
  };
}

/** The channel of something that a customer does. */
export function inbound(from = "cust-42", messageId?: string) {
  return {
    channel: {
      from: { id: from, idType: "Opaque", nickname: "Bob" },
      time: "2026-01-01T00:00:00.000Z",
      ...(messageId === undefined ? {} : { messageId }),
    },
  };
}
