import type { Exchange } from "./wire-log.ts";

/** An exchange that did not go well, as far as advice looks at it. */
export interface Refusal {
  kind: Exchange["kind"];
  method: string;
  /** Of what came in, the path; of what went out, the URL without what may be secret. */
  target: string;
  status: number | undefined;
  /** `code` of the platform's error, or `error` of the login host's. */
  code: string;
  /** The error's own words, or why no answer came. */
  message: string;
  isOnPurpose: boolean;
}

/** What is wrong with an exchange; nothing where it went well. */
export function refusalOf(exchange: Exchange): Refusal | undefined {
  const { kind, method, url, status, failure, faults = [] } = exchange;
  const isRefused = status === undefined || (kind === "request" ? status >= 400 : status >= 300);
  if (!isRefused && failure === undefined) return undefined;
  const body = kind === "request" ? parseObject(exchange.responseBody) : {};
  return {
    kind,
    method,
    target: url.replace(/\?.*/s, "").replace(/\/\/[^/@]*@/, "//"),
    status,
    code: textOf(body.code ?? body.error),
    message: failure ?? textOf(body.message ?? body.description),
    isOnPurpose: faults.length > 0,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parseObject(text = ""): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
