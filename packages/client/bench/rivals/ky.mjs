import ky from "ky";
import { headers, message, path } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  return () => ky.post(url + path, { json: message, headers }).json();
}
