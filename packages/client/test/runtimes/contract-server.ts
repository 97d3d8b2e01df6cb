// The server of the contract. Each case talks to a path of its own, `/<case>/…`, and is answered by the script of that name; the
// last answer is repeated. `GET /seen/<case>` tells what came in.

import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { listen, stopListening } from "../../../../testing/listen.ts";

const tokenPath = "/oauth/token";
const contactId = "6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11";
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
const sent = { id: "5b0f6d6a-3ad5-4a0c-8a6e-2f0d3a1c9b33", contactId, status: "queued", notices: [] };
type Reply = (response: ServerResponse) => void;

/** What came in for a case. */
interface Seen {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const eventOf = (id: number) => ({
  id: String(id),
  type: "message.status",
  contactId,
  conversationId: "c",
  status: "sent",
});
const frame = (id: number) => `id: ${id}\nevent: message.status\ndata: ${JSON.stringify(eventOf(id))}\n\n`;

function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, {
      "content-type": "application/json",
      "inin-correlation-id": "c-1",
      ...headers,
    });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

function refusal(status: number, code: string, headers?: Record<string, string>): Reply {
  return json(status, { message: "No.", code, status, details: [], errors: [] }, headers);
}

function stream(...ids: number[]): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(ids.map(frame).join(""), () => setTimeout(() => response.destroy(), 20));
  };
}

const created = json(201, sent);
const reset: Reply = (response) => response.socket?.resetAndDestroy();
/** The answers of each case to what is not a request for a token. */
const scripts: Readonly<Record<string, readonly Reply[]>> = {
  "one-token": [created],
  "renewed-token": [refusal(401, "authentication.required"), created],
  send: [created],
  retry: [json(503, ""), created],
  "retry-after": [refusal(429, "too.many.requests", { "retry-after": "7" }), created],
  reset: [reset, created],
  "reset-without-key": [reset],
  stall: [() => undefined],
  redirect: [json(302, "", { location: "/elsewhere" })],
  unreadable: [json(201, '{"id":')],
  "too-long": [json(200, " ".repeat(9 * 1024 * 1024))],
  "not-found": [refusal(404, "not.found")],
  events: [stream(1, 2), stream(3, 4)],
  many: [created],
};

/** Starts it and tells its address. */
export async function startContractServer() {
  const seen: Record<string, Seen[]> = {};
  const server = createServer((request, response) => {
    void answer(request, response, seen);
  });
  const { url } = await listen(server);
  return {
    url,
    close: () => stopListening(server),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  all: Record<string, Seen[]>,
): Promise<void> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const [, name = "", ...rest] = (request.url ?? "").split("/");
  if (name === "seen") {
    json(200, all[rest[0] ?? ""] ?? [])(response);
    return;
  }
  all[name] ??= [];
  const seen = all[name];
  const path = `/${rest.join("/")}`;
  const { method, headers } = request;
  seen.push({ method, path, headers, body });
  const [forToken, others] = [true, false].map(
    (wanted) => seen.filter((one) => (one.path === tokenPath) === wanted).length,
  );
  if (path === tokenPath) {
    json(200, { access_token: `token-${forToken}`, token_type: "bearer", expires_in: 3600 })(response);
    return;
  }
  const script = scripts[name] ?? [];
  (script[(others ?? 0) - 1] ?? script.at(-1) ?? json(500, ""))(response);
}

/** An address at which nobody listens. */
export async function closedUrl() {
  const server = await startContractServer();
  await server.close();
  return server.url;
}

/** A webhook as a gateway sends it: https://www.standardwebhooks.com. */
export function signedWebhook() {
  const body = JSON.stringify(eventOf(7));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${timestamp}.${body}`).digest("base64");
  return {
    secret,
    body,
    headers: {
      "webhook-id": "msg_1",
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
  };
}
