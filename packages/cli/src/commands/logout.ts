import { addConnectionOptions, type ConnectionOptions, readConnection } from "../gateway/connection.ts";
import { requireConfigDirectory } from "../login/config-directory.ts";
import { isSameServer, readLogins, removeLogin } from "../login/saved-logins.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { text } from "../terminal/terminal-text.ts";

/** Declares `quickcard logout`. */
export function addLogout(parent: QuickcardCommand): void {
  addConnectionOptions(
    parent
      .command("logout")
      .summary("forget the token of quickcard login")
      .description(
        "Forget the token of quickcard login, at the server that is named, else at all. The token itself lives on at the server until its end; revoking the client ends it at once.",
      ),
  )
    .example("quickcard logout")
    .run<ConnectionOptions>(runLogout);
}

async function runLogout(invocation: Invocation<ConnectionOptions>): Promise<void> {
  const { output, surroundings } = invocation;
  const { baseUrl } = await readConnection(invocation);
  const directory = requireConfigDirectory(surroundings.env);
  const logins = await readLogins(directory);
  const named = logins
    .filter((login) => baseUrl === undefined || isSameServer(baseUrl, login))
    .map((login) => login.baseUrl);
  for (const server of named) await removeLogin(directory, server);
  output.result({ loggedOut: named });
  for (const server of named) output.say(text`Logged out at ${server}.`);
  if (named.length === 0) output.say(text`There was no login.`);
}
