import { Agent } from "node:http";
import got from "got";
import { headers, message, path } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  const http = got.extend({ prefixUrl: url, headers, agent: { http: new Agent({ keepAlive: true }) } });
  return () => http.post(path.slice(1), { json: message }).json();
}
