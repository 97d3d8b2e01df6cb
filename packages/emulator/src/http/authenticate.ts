import { hash } from "node:crypto";
import type { Organisation } from "../organisation/organisation.ts";
import type { OAuthClientRecord } from "../organisation/records.ts";
import { ApiError } from "./api-error.ts";
import type { PermissionRule } from "./route.ts";

/** What a token is kept under. */
export function hashToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/** Whose token a request carries. @throws ApiError 401 */
export function authenticate(
  authorization: string | undefined,
  { tokens, clients, clock }: Organisation,
): { client: OAuthClientRecord; tokenHash: string } {
  const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined)
    throw new ApiError(
      "authentication.required",
      "No authentication bearer token specified in authorization header.",
    );
  const tokenHash = hashToken(token);
  const record = tokens.get(tokenHash);
  const client = record && clients.get(record.clientId);
  if (client === undefined) throw new ApiError("bad.credentials", "Invalid login credentials.");
  if ((record?.expiresAt ?? 0) <= clock.now())
    throw new ApiError("credentials.expired", "The access token has expired.");
  return { client, tokenHash };
}

/** Lets a client through that has what a route asks for. @throws ApiError 403 */
export function authorize(client: OAuthClientRecord, rule: PermissionRule | undefined): void {
  if (rule === undefined) return;
  const has = (permission: string) => client.permissions.includes(permission);
  if ("all" in rule) {
    const missing = rule.all.filter((permission) => !has(permission));
    if (missing.length === 0) return;
    throw new ApiError(
      "missing.permissions",
      "Unable to perform the requested action. You are missing the following permission(s): {missingPermissions}",
      { missingPermissions: missing.join(", ") },
    );
  }
  if (rule.any.some(has)) return;
  throw new ApiError(
    "missing.any.permissions",
    "Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}",
    { permissions: rule.any.join(", ") },
  );
}
