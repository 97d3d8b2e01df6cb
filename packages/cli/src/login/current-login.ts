import type { Environment } from "../environment.ts";
import { Failure } from "../errors/failure.ts";
import type { Surroundings } from "../surroundings.ts";
import { localTime } from "../terminal/local-time.ts";
import { configDirectory } from "./config-directory.ts";
import { isSameServer, readLogins, type SavedLogin } from "./saved-logins.ts";

/**
 * The login that stands in for a secret that is not set: at the server and for the client that are named, else the newest.
 * @throws Failure where it has ended.
 */
export async function currentLogin(
  env: Surroundings["env"],
  { baseUrl, clientId }: Pick<Environment, "baseUrl" | "clientId">,
): Promise<SavedLogin | undefined> {
  const directory = configDirectory(env);
  if (!directory) return undefined;
  const login = (await readLogins(directory)).find(
    (candidate) =>
      (baseUrl === undefined || isSameServer(baseUrl, candidate)) &&
      (clientId === undefined || clientId === candidate.clientId),
  );
  if (login && Date.parse(login.expiresAt) <= Date.now()) throw ended(login);
  return login;
}

function ended({ baseUrl, clientId, expiresAt }: SavedLogin): Failure {
  return new Failure({
    code: "login_ended",
    message: `The login at ${baseUrl} ended at ${localTime(expiresAt)}.`,
    fix: `Log in again: quickcard login --base-url ${baseUrl} --client-id ${clientId}`,
    outcome: "usage",
  });
}
