import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listen, stopListening } from "../../../testing/listen.ts";
import type { ChatEvents, ChatMessage, CustomerMessage, Receipt, Timeline } from "../src/chat-wire.ts";

/** A small gateway for one customer that speaks the chat's wire, with its log in memory. */
export interface ChatServer {
  origin: string;
  chatUrl: string;
  /** The receipts that pages gave, in order. */
  receipts: Receipt[];
  /** The bodies that pages posted as messages, repeated ones too. */
  posted: CustomerMessage[];
  log: ChatMessage[];
  /** Sends one message to the customer. */
  send(content: unknown, at?: Date): ChatMessage;
  setState(state: ChatEvents["state"]["state"]): void;
  /** Writes something into the open streams that is not in the log. */
  tellRaw(text: string): void;
  /** Answers the next requests for a path that ends so with a status; 0 breaks them off, after the work is done. */
  fail(path: string, status: number, times: number): void;
  /** Fails no more. */
  forgive(): void;
  /** Closes every connection and listens no longer; the log stays. */
  down(): Promise<void>;
  up(): Promise<void>;
}

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  png: "image/png",
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src https:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

interface Result {
  status: number;
  body?: unknown;
}

type Route = (url: URL, body: unknown, response: ServerResponse) => Result | undefined;

interface LoggedEvent {
  name: string;
  data: unknown;
}

/** Starts a server that also serves the built pages in a folder. */
export async function startChatServer(pages?: string): Promise<ChatServer> {
  const events: LoggedEvent[] = [];
  const streams = new Set<ServerResponse>();
  const failures: { path: string; status: number }[] = [];
  let state: ChatEvents["state"]["state"] = "active";
  let server: Server;
  let port = 0;
  const chat: ChatServer = {
    origin: "",
    chatUrl: "",
    receipts: [],
    posted: [],
    log: [],
    send(content, at = new Date()) {
      const id = `m${chat.log.length + 1}`;
      return append({
        id,
        direction: "outbound",
        status: "sent",
        timestamp: at.toISOString(),
        content,
      } as ChatMessage);
    },
    setState(next) {
      state = next;
      tell("state", { state });
    },
    tellRaw(text) {
      for (const stream of streams) stream.write(text);
    },
    fail(path, status, times) {
      failures.push(...Array.from({ length: times }, () => ({ path, status })));
    },
    forgive: () => void failures.splice(0),
    down: () => stopListening(server),
    async up() {
      server = createServer((request, response) => void answer(request, response));
      const { url, ...listening } = await listen(server, port);
      port = listening.port;
      chat.origin = url;
      chat.chatUrl = `${chat.origin}/chat/secret`;
    },
  };

  function append(message: ChatMessage): ChatMessage {
    chat.log.push(message);
    tell("message", message);
    return message;
  }

  function tell(name: string, data: unknown): void {
    events.push({ name, data: structuredClone(data) });
    for (const stream of streams) stream.write(encode(events.length));
  }

  const encode = (place: number): string =>
    `id: ${place}\nevent: ${events[place - 1]?.name}\ndata: ${JSON.stringify(events[place - 1]?.data)}\n\n`;

  function takeFailure(path: string): number | undefined {
    const index = failures.findIndex((failure) => path.endsWith(failure.path));
    return index < 0 ? undefined : failures.splice(index, 1)[0]?.status;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", chat.origin);
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "content-type");
    const status = request.method === "OPTIONS" ? 204 : takeFailure(url.pathname);
    if (status) return void response.writeHead(status).end();
    const name = /^\/chat\/secret\/(\w+)$/.exec(url.pathname)?.[1];
    if (!name) return servePage(url.pathname, response);
    const body = request.method === "POST" ? await readJson(request) : undefined;
    const result = state === "deleted" ? { status: 404 } : routes[name]?.(url, body, response);
    if (status === 0) request.socket.destroy();
    else if (result) respond(result, response);
  }

  const routes: Record<string, Route> = {
    timeline(url) {
      const before = url.searchParams.get("before");
      const end = before ? chat.log.findIndex(({ id }) => id === before) : chat.log.length;
      const start = Math.max(0, end - 100);
      const timeline: Timeline = {
        contact: { displayName: "Ada", state: state as Timeline["contact"]["state"] },
        messages: chat.log.slice(start, end),
        hasEarlier: start > 0,
        cursor: String(events.length),
      };
      return { status: 200, body: timeline };
    },
    events(url, _, response) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(": hello\n\n");
      for (let place = Number(url.searchParams.get("after")) + 1; place <= events.length; place++)
        response.write(encode(place));
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return undefined;
    },
    messages(_, body) {
      const message = body as CustomerMessage;
      chat.posted.push(message);
      if (state === "closed") return { status: 400, body: { code: "conversation.closed" } };
      const known = chat.log.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
      return { status: 201, body: known ?? append(received(message, chat.log)) };
    },
    receipts(_, body) {
      const receipt = body as Receipt;
      chat.receipts.push(receipt);
      for (const messageId of receipt.messageIds) {
        const message = chat.log.find(({ id }) => id === messageId);
        if (!message || message.status === "read" || message.status === receipt.status) continue;
        message.status = receipt.status;
        tell("status", { messageId, status: receipt.status });
      }
      return { status: 204 };
    },
  };

  async function servePage(path: string, response: ServerResponse): Promise<void> {
    const name = path.startsWith("/chat/") ? "/chat.html" : path === "/docs" ? "/docs.html" : path;
    const file =
      pages && !name.includes("..") ? await readFile(`${pages}${name}`).catch(() => undefined) : undefined;
    if (!file) return void response.writeHead(404).end();
    const type = types[name.split(".").pop() ?? ""] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(file);
  }

  await chat.up();
  return chat;
}

function received(message: CustomerMessage, log: readonly ChatMessage[]): ChatMessage {
  const { clientMessageId } = message;
  const content =
    "text" in message ? { type: "text" as const, text: message.text } : tapContent(message.tap, log);
  const id = `m${log.length + 1}`;
  return {
    id,
    clientMessageId,
    direction: "inbound",
    status: "received",
    timestamp: new Date().toISOString(),
    content,
  };
}

function tapContent(tap: Extract<CustomerMessage, { tap: unknown }>["tap"], log: readonly ChatMessage[]) {
  const tapped = log.find(({ id }) => id === tap.messageId)?.content;
  const isQuickReply = tapped?.type === "quick-reply";
  const label = isQuickReply ? (tapped.choices[tap.choice]?.label ?? "") : "";
  return {
    type: "tap" as const,
    kind: isQuickReply ? ("quick-reply" as const) : ("postback" as const),
    label,
    ...tap,
  };
}

function respond({ status, body }: Result, response: ServerResponse): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString());
}
