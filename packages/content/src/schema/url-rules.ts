import type { Problem } from "../problems/problem.ts";

/** Which URLs are taken. */
export interface UrlOptions {
  /** Takes `http:` beside `https:`. Default: `false`. */
  allowHttp?: boolean | undefined;
}

/** A pattern for JSON Schema: the part of the URL rules that a pattern can say. */
export const urlPattern =
  "^[Hh][Tt][Tt][Pp][Ss]://[A-Za-z0-9._~!$&'()*+,;=:\\[\\]-]+([/?#][^\\s\\\\\"<>`\\x00-\\x1f\\x7f-\\x9f]*)?$";

const defaultPorts: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };
const notInUrls = /[\s\\"<>`\p{Cc}\p{Cf}]/u;
const authority = /^[a-z]+:\/\/([^/?#]+)/i;

/**
 * What makes a string unfit as the URL of a message. Programs differ in how they read a doubtful URL, so one is taken
 * only where the string as written says what the WHATWG URL parser (https://url.spec.whatwg.org) makes of it.
 */
export function urlProblem(value: string, options: UrlOptions): Problem | undefined {
  const url = parse(value);
  const schemes = options.allowHttp ? "https: or http:" : "https:";
  const example = `Give an absolute ${schemes} URL, such as "https://example.com/menu".`;
  if (!url) return { message: "is not an absolute URL", fix: example };
  if (!(url.protocol === "https:" || (options.allowHttp && url.protocol === "http:"))) {
    return { message: `is not an ${schemes} URL`, fix: example };
  }
  if (notInUrls.test(value)) {
    return {
      message: "holds a space, a control character, a backslash, a quotation mark or an angle bracket",
      fix: "Percent-encode what may not stand in a URL, such as a space as %20.",
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { message: "holds a user name or password", fix: "Leave out what stands before the @." };
  }
  return hostProblem(value, url, example);
}

function parse(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** Refuses hosts that read as another than the one they lead to, such as `https://evil。example`. */
function hostProblem(value: string, url: URL, example: string): Problem | undefined {
  const written = authority.exec(value)?.[1]?.toLowerCase();
  if (!written)
    return { message: "is not an absolute URL: two slashes and a host are missing", fix: example };
  if (written === url.host || written === `${url.hostname}:${defaultPorts[url.protocol]}`) return undefined;
  return { message: "does not name its host in the plain form", fix: `Write the host as "${url.host}".` };
}
