import { lookup } from "node:dns/promises";
import { Agent, request } from "undici";
import { createDial, type Dial, guardedConnector, type ResolveHost } from "./guarded-connector.ts";
import { readTarget, type TargetRules } from "./target-rules.ts";

/** A request to a target that somebody else named. */
export interface GuardedPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Ends the request, wherever it stands. */
  signal: AbortSignal;
}

/** What is heeded of an answer. Its body is not. */
export interface GuardedAnswer {
  status: number;
  retryAfter: string | undefined;
}

/** Posts to targets that others name, without letting them lead the gateway into its own network. */
export interface GuardedHttp {
  /**
   * Follows no redirect.
   *
   * @throws TargetRefusedError for a target that the rules forbid; otherwise what the connection failed with.
   */
  post(post: GuardedPost): Promise<GuardedAnswer>;
  close(): Promise<void>;
}

/** What guarded connections stand on. */
export interface GuardedHttpOptions {
  rules: TargetRules;
  /** Default: the system's resolver. */
  resolveHost?: ResolveHost;
  /** Default: TCP and TLS. */
  dial?: Dial;
}

const connectTimeoutMs = 10_000;

/** How much of an answer's body is read away so that its connection can be used again. */
const maxDiscardedBytes = 16_384;

/** Connections to one origin at most. */
const maxConnections = 64;

/** Opens connections that are guarded by rules. */
export function createGuardedHttp({ rules, ...options }: GuardedHttpOptions): GuardedHttp {
  const resolveHost = options.resolveHost ?? ((hostname) => lookup(hostname, { all: true }));
  const dial = options.dial ?? createDial(connectTimeoutMs);
  const dispatcher = new Agent({
    connect: guardedConnector(rules, resolveHost, dial),
    connections: maxConnections,
    maxHeaderSize: 16_384,
  });
  return {
    async post({ url, headers, body, signal }) {
      const target = readTarget(url, rules);
      const answer = await request(target, { method: "POST", headers, body, signal, dispatcher });
      // The status line is the whole answer; whether the rest arrives changes nothing.
      await answer.body.dump({ limit: maxDiscardedBytes, signal }).catch(() => undefined);
      const retryAfter = answer.headers["retry-after"];
      return {
        status: answer.statusCode,
        retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
      };
    },
    close: () => dispatcher.destroy(),
  };
}
