import { hashSecret } from "../oauth/secret.ts";
import type { Store } from "../store/store.ts";
import { ApiError } from "./api-error.ts";
import type { Caller } from "./route.ts";

const bearerScheme = /^bearer\b/i;
const bearerForm = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * Finds who sends a request by its bearer token.
 *
 * @throws ApiError `authentication.required`, `bad.credentials` or `credentials.expired`.
 */
export async function authenticate(request: Request, store: Store, now: number): Promise<Caller> {
  const header = request.headers.get("authorization");
  if (!header || !bearerScheme.test(header)) {
    throw refused(
      "authentication.required",
      "Send a token: Authorization: Bearer … (get one from POST /oauth/token, which alone takes HTTP Basic).",
    );
  }
  const token = bearerForm.exec(header)?.[1];
  const record = token ? await store.findToken(hashSecret(token)) : undefined;
  if (!record) {
    throw refused(
      "bad.credentials",
      "The token is not known. Get a new one from POST /oauth/token.",
      "invalid_token",
    );
  }
  if (record.expiresAt <= now) {
    throw refused(
      "credentials.expired",
      "The token has expired. Get a new one from POST /oauth/token.",
      "invalid_token",
    );
  }
  return { clientId: record.clientId, scopes: record.scopes, tokenHash: record.tokenHash };
}

function refused(
  code: "authentication.required" | "bad.credentials" | "credentials.expired",
  message: string,
  error?: string,
): ApiError {
  const challenge = `Bearer realm="quickcard"${error ? `, error="${error}"` : ""}`;
  return new ApiError(code, message, { headers: { "www-authenticate": challenge } });
}

/** Lets nobody on whose token lacks a scope. @throws ApiError `missing.scope`, naming the scope that is missing and those the token has. */
export function requireScope(caller: Caller, scope: Caller["scopes"][number]): void {
  if (caller.scopes.includes(scope)) return;
  const has = caller.scopes.length > 0 ? caller.scopes.join(", ") : "none";
  throw new ApiError(
    "missing.scope",
    `The token lacks the scope ${scope}. It has: ${has}. Use a client that has it: quickcard clients create --scopes …`,
  );
}
