import { AuthenticationError } from "../errors/api-errors.ts";
import type { TokenSource } from "../tokens/token-source.ts";
import type { Layer } from "./layer.ts";

/** Puts a token on each attempt. Where the server refuses it, a new one is fetched and the attempt repeated, once. */
export function authenticate(tokens: TokenSource): Layer {
  return (next) => async (call) => {
    const sendWith = (token: string) =>
      next({ ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } });
    const given = tokens.get();
    const token = typeof given === "string" ? given : await given;
    try {
      return await sendWith(token);
    } catch (error) {
      if (!AuthenticationError.is(error)) throw error;
      tokens.discard(token);
      const renewed = await tokens.get();
      if (renewed === token) throw error;
      return await sendWith(renewed);
    }
  };
}
