import { Agent } from "node:http";
import axios from "axios";
import { headers, message, path } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  const http = axios.create({ baseURL: url, headers, httpAgent: new Agent({ keepAlive: true }) });
  return async () => (await http.post(path, message)).data;
}
