import { lookup } from "node:dns/promises";
import { Agent, type Dispatcher, request } from "undici";
import { createDial, guardedConnector } from "../guarded-http/guarded-connector.ts";
import { TargetRefusedError } from "../guarded-http/target-refused-error.ts";
import { readTarget, type TargetRules } from "../guarded-http/target-rules.ts";
import { readJsonAnswer } from "../json/read-json-answer.ts";
import type { OpenedMedia } from "./channel-media.ts";

/** One request for a medium, or for where it is. */
export interface MediaGet {
  url: string;
  headers: Record<string, string>;
  /** Ends the request, and the bytes that come. */
  signal: AbortSignal;
}

/** What a channel said of a medium. `body` is its JSON; `undefined` where it is none or too long. */
export interface MediaWord {
  status: number;
  body: unknown;
}

/** Fetches customers' media from a channel. Follows no redirect; what carries a token goes nowhere that is not meant. */
export interface MediaHttp {
  /** Asks for something short. Rejects with what the connection failed with. */
  ask(get: MediaGet): Promise<MediaWord>;
  /** Begins to fetch. 400, 404 and 410 mean that the medium is gone. Rejects with what the connection failed with. */
  open(get: MediaGet): Promise<OpenedMedia>;
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;

/** How long a channel may keep silent, before its answer and amid it. */
export const silenceMs = 15_000;

/** Connections to one origin at most. */
const maxConnections = 64;

const publicOnly: TargetRules = { allowPrivate: false, allowHttp: false };

const isGone: ReadonlySet<number> = new Set([400, 404, 410]);

/**
 * @param baseUrl Where the channel's API is, by the operator's word. What the channel itself names elsewhere is fetched
 * from public `https:` addresses only.
 */
export function createMediaHttp(baseUrl: string): MediaHttp {
  const limits = {
    connections: maxConnections,
    maxHeaderSize: 16_384,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  };
  const own = new Agent({ ...limits, connect: { timeout: connectTimeoutMs } });
  const resolveHost = (hostname: string) => lookup(hostname, { all: true });
  const connect = guardedConnector(publicOnly, resolveHost, createDial(connectTimeoutMs));
  const elsewhere = new Agent({ ...limits, connect });
  const get = ({ url, headers, signal }: MediaGet) => {
    const isOwn = URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
    const target = isOwn ? new URL(url) : readTarget(url, publicOnly);
    return request(target, { headers, signal, dispatcher: isOwn ? own : elsewhere });
  };
  return {
    async ask(asked) {
      const { statusCode, body } = await get(asked);
      return { status: statusCode, body: await readJsonAnswer(body) };
    },
    open: async (asked) => toOpened(await get(asked)),
    async close() {
      await Promise.all([own.destroy(), elsewhere.destroy()]);
    },
  };
}

function toOpened({ statusCode, headers, body }: Dispatcher.ResponseData): OpenedMedia {
  // Who reads the body hears of its end there; one that is destroyed unread ends with an error that is nobody's concern.
  body.on("error", () => undefined);
  if (statusCode !== 200) {
    body.destroy();
    return isGone.has(statusCode) ? { kind: "gone" } : unavailable(statusCode);
  }
  const mimeType = String(headers["content-type"] ?? "")
    .replace(/;.*/, "")
    .trim();
  const size = Number(headers["content-length"]);
  return {
    kind: "opened",
    bytes: body,
    ...(mimeType === "" ? {} : { mimeType }),
    ...(Number.isSafeInteger(size) && "content-length" in headers ? { sizeBytes: size } : {}),
  };
}

/** What is told of an answer that helps nobody. */
export function unavailable(status: number): OpenedMedia {
  return { kind: "unavailable", reason: `It was answered ${status}.` };
}

/** Turns what a connection failed with into words that hold neither the token nor the address. */
export async function orUnavailable(opening: Promise<OpenedMedia>): Promise<OpenedMedia> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof TargetRefusedError) {
      return { kind: "unavailable", reason: `What it names ${error.message}.` };
    }
    const { code, name } = error as NodeJS.ErrnoException;
    return { kind: "unavailable", reason: `The connection failed: ${code ?? name}.` };
  }
}
