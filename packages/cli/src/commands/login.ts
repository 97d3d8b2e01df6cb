import type { AccessToken, Login, Scope } from "@quickcard/client";
import { Option } from "commander";
import { parseScopes, scopes } from "../arguments/scopes.ts";
import { variables } from "../environment.ts";
import { Failure } from "../errors/failure.ts";
import { addConnectionOptions, type ConnectionOptions, readConnection } from "../gateway/connection.ts";
import { type CallbackServer, startCallbackServer } from "../login/callback-server.ts";
import { requireConfigDirectory } from "../login/config-directory.ts";
import { openBrowser } from "../login/open-browser.ts";
import { readLogins, saveLogin } from "../login/saved-logins.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { localTime } from "../terminal/local-time.ts";
import { text } from "../terminal/terminal-text.ts";

interface LoginOptions extends ConnectionOptions {
  scopes?: Scope[];
  browser: boolean;
}

/** How long somebody may take to find the approval code and type it. */
const waitMs = 600_000;

/** Declares `quickcard login`. */
export function addLogin(parent: QuickcardCommand): void {
  const command = parent
    .command("login")
    .summary("log in through the browser, without a secret")
    .description(
      "Log in through the browser, as a client without a secret. The consent page asks for the approval code that was shown when the client was made. The token is kept for you alone, and used by every command as long as no secret is set.",
    )
    .addOption(
      new Option(
        "--scopes <list>",
        "what the token shall allow, separated by commas; all that the client may unless told",
      )
        .choices(scopes)
        .argParser(parseScopes),
    )
    .option("--no-browser", "only print the address, to be opened in a browser on this computer");
  addConnectionOptions(command)
    .example(
      "quickcard login --base-url http://127.0.0.1:4400",
      "--client-id 5b0c9a52-0d6f-4c1c-9f53-3f1ad0a3a6b1",
    )
    .run<LoginOptions>(runLogin);
}

async function runLogin(invocation: Invocation<LoginOptions>): Promise<void> {
  const { options, surroundings } = invocation;
  const { env, signal } = surroundings;
  const { clientId, baseUrl } = requireServer(await readConnection(invocation));
  const directory = requireConfigDirectory(env);
  // A file that cannot be used is told of before anybody is sent to a page.
  await readLogins(directory);
  const { finishLogin, startLogin } = await import("@quickcard/client");
  const server = await startCallbackServer();
  try {
    const { redirectUri } = server;
    const login = await startLogin({ baseUrl, clientId, redirectUri, scopes: options.scopes });
    await showConsentPage(login.url, invocation);
    const answer = await waitForAnswer(server, login, signal);
    const token = await finishLogin(login, answer, { signal });
    const { expiresAt } = token;
    await saveLogin(directory, { baseUrl: login.baseUrl, clientId, token: token.token, expiresAt });
    showLogin(invocation, login, token);
  } finally {
    await server.close();
  }
}

async function showConsentPage(
  url: string,
  { options, output, surroundings }: Invocation<LoginOptions>,
): Promise<void> {
  const isShown = options.browser && (await openBrowser(url, surroundings.env));
  const request = isShown ? "Allow it in your browser, or open" : "Open this in a browser on this computer";
  output.say(text`${request}: ${url}`);
}

function showLogin({ output }: Invocation<LoginOptions>, login: Login, token: AccessToken): void {
  const { baseUrl, clientId } = login;
  const { expiresAt, scopes: granted } = token;
  output.result({ baseUrl, clientId, expiresAt, scopes: granted });
  output.say(text`${output.style.green("Logged in")} at ${baseUrl} until ${localTime(expiresAt)}.`);
  if (granted) output.say(text`Allowed: ${granted.join(", ")}.`);
}

async function waitForAnswer(server: CallbackServer, login: Login, stop: AbortSignal): Promise<URL> {
  const limit = AbortSignal.timeout(waitMs);
  try {
    return await server.answerTo(login, AbortSignal.any([stop, limit]));
  } catch (error) {
    if (error !== limit.reason) throw error;
    throw new Failure({
      code: "login_timeout",
      message: `Nobody came back from the consent page within ${waitMs / 60_000} minutes.`,
      fix: "Start again: quickcard login. The browser must be on this computer",
      outcome: "tryLater",
      cause: error,
    });
  }
}

/** A login goes to the server that is named, never to one that is only the default. */
function requireServer({ clientId, baseUrl }: { clientId?: string; baseUrl?: string }): {
  clientId: string;
  baseUrl: string;
} {
  if (clientId !== undefined && baseUrl !== undefined) return { clientId, baseUrl };
  throw new Failure({
    code: "missing_client",
    message:
      clientId === undefined
        ? `No client was named: ${variables.clientId} is not set.`
        : `No server was named: ${variables.baseUrl} is not set.`,
    fix:
      clientId === undefined
        ? "Name a client without a secret: --client-id ID. Whoever runs the gateway makes one: quickcard clients create --public --redirect-uri http://127.0.0.1/callback --name NAME --scopes LIST"
        : "Name the gateway: --base-url URL",
    outcome: "usage",
  });
}
