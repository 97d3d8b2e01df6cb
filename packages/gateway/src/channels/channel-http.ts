import { Agent, request } from "undici";
import { readJsonAnswer } from "../json/read-json-answer.ts";
import { timelyDispatch } from "./timely-dispatch.ts";

/** What a channel answered. */
export interface ChannelAnswer {
  status: number;
  headers: Headers;
  /** As JSON; `undefined` where it is none, is too long, or did not arrive. */
  body: unknown;
}

/** One request to a channel. */
export interface ChannelPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  isTimely: () => boolean;
}

/** Connections to one channel. */
export interface ChannelHttp {
  /** Follows no redirect. Rejects with what the connection failed with, as long as no status line has come. */
  post(post: ChannelPost): Promise<ChannelAnswer>;
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;

/** Connections to one origin at most. */
const maxConnections = 64;

/** Opens connections to one channel, which are kept open between requests. */
export function createChannelHttp(): ChannelHttp {
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    connections: maxConnections,
    maxHeaderSize: 16_384,
  });
  return {
    async post({ url, headers, body, signal, isTimely }) {
      const answer = await request(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        signal,
        dispatcher: agent.compose(timelyDispatch(isTimely)),
      });
      return {
        status: answer.statusCode,
        headers: toHeaders(answer.headers),
        body: await readJsonAnswer(answer.body),
      };
    },
    close: () => agent.destroy(),
  };
}

function toHeaders(headers: NodeJS.Dict<string | string[]>): Headers {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Headers(entries);
}
