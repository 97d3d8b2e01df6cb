import type { Fate } from "../errors/open-messaging-error.ts";

/** What is known of a failure from its code. */
export interface ConnectionFailure {
  /** The code that the operating system, TLS or the HTTP library gave. */
  readonly code: string;
  readonly fate: Extract<Fate, "not_sent" | "unknown">;
  /** Whether it can pass without anybody changing anything. */
  readonly isTransient: boolean;
  readonly fix: string;
}

const unreachable =
  "Check that the server runs and that `baseUrl` names it. `npx quickcard serve` starts a gateway.";
const unresolved = "Check the host name in `baseUrl` and that this computer can resolve names.";
const untrusted =
  "The server's certificate is not trusted: check `baseUrl`, or name your authority in `ca` or NODE_EXTRA_CA_CERTS.";
const notLetThrough =
  "The proxy did not let the request through: check `proxy` (HTTPS_PROXY), with its user name and password.";
const unusable = "Check `baseUrl`: no request can be made to this address.";
const broken =
  "The connection broke before the answer came. If it happens often, look at proxies between here and the server.";

/** Failures after which it is certain that the server got no request. Every other leaves that open. */
const notSent: readonly { readonly codes: RegExp; readonly isTransient: boolean; readonly fix: string }[] = [
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    isTransient: true,
    fix: unreachable,
  },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, isTransient: true, fix: unresolved },
  {
    codes: /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/,
    isTransient: false,
    fix: untrusted,
  },
  { codes: /^(UND_ERR_ABORTED|UND_ERR_PRX_TLS)$/, isTransient: false, fix: notLetThrough },
  {
    codes: /^(UND_ERR_INVALID_ARG|ERR_INVALID_|UND_ERR_CLOSED|UND_ERR_DESTROYED)/,
    isTransient: false,
    fix: unusable,
  },
];

/** Reads from what a transport rejected with whether the request can have reached the server. */
export function readConnectionFailure(error: unknown): ConnectionFailure {
  const chain = causesOf(error);
  const code = chain.map((link) => link.code).find((candidate) => typeof candidate === "string") ?? "no code";
  const known = notSent.find(({ codes }) => codes.test(code));
  if (known) return { code, fate: "not_sent", isTransient: known.isTransient, fix: known.fix };
  // `connect ECONNRESET` and `read ECONNRESET` have the same code: only the second can follow a request.
  if (chain.some((link) => link.syscall === "connect" || isDenosConnect(link.message))) {
    return { code, fate: "not_sent", isTransient: true, fix: unreachable };
  }
  return { code, fate: "unknown", isTransient: true, fix: broken };
}

/** Deno gives no code, and says in words alone that there was no connection yet. */
function isDenosConnect(message: unknown): boolean {
  return typeof message === "string" && message.includes("client error (Connect)");
}

interface SystemError {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
}

const longestChain = 5;

/** An error and what caused it, in order: `fetch` hides the system's error below its own. */
function causesOf(error: unknown): SystemError[] {
  const chain: SystemError[] = [];
  let link = error;
  while (typeof link === "object" && link !== null && chain.length < longestChain) {
    chain.push(link);
    link = (link as SystemError).cause;
  }
  return chain;
}
