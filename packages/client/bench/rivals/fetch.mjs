import { headers, message, path } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  return async () => {
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(message) });
    return await response.json();
  };
}
