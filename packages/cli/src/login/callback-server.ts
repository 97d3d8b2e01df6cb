import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Waits on this computer for the browser to come back from a login. */
export interface CallbackServer {
  /** Where the browser comes back to. */
  readonly redirectUri: string;
  /** The address with which it came back. What brings another `state` is turned away, and does not end the wait. */
  answerTo(login: { readonly state: string }, signal: AbortSignal): Promise<URL>;
  close(): Promise<void>;
}

const path = "/callback";

const nothingHere = [404, "There is nothing here."] as const;
const notTheLogin = [400, "This does not belong to the login that is waiting. Start it again."] as const;

/** Starts to listen on a free port of 127.0.0.1. */
export async function startCallbackServer(): Promise<CallbackServer> {
  const server = createServer({ maxHeaderSize: 16_384 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    redirectUri: origin + path,
    answerTo: ({ state }, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        server.on("request", (request, response) => {
          const address = readAddress(request, origin);
          if (address?.searchParams.get("state") !== state) {
            const [status, sentence] = address ? notTheLogin : nothingHere;
            reply(response, status, sentence);
            return;
          }
          reply(response, 200, "Done. Go back to the terminal.");
          resolve(address);
        });
      }),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** The address that was asked for, if it is where the browser comes back to. */
function readAddress({ method, url = "" }: IncomingMessage, origin: string): URL | undefined {
  if (method !== "GET" || !URL.canParse(origin + url)) return undefined;
  const address = new URL(origin + url);
  return address.origin === origin && address.pathname === path ? address : undefined;
}

function reply(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>quickcard login</title><p>${sentence}</p></html>`,
  );
}
