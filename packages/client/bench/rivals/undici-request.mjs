import { Pool, request } from "undici";
import { headers, message, path } from "../message.mjs";

/** @param {string} url */
export function connect(url) {
  const dispatcher = new Pool(url, { connections: 32 });
  return async () => {
    const { body } = await request(url + path, {
      dispatcher,
      method: "POST",
      headers,
      body: JSON.stringify(message),
    });
    return await body.json();
  };
}
