import type { MessageRequest, TransportRequest } from "@quickcard/client";
import { type ClientSettings, useClient } from "../gateway/connection.ts";
import type { Output } from "../terminal/output.ts";
import { shellWord } from "../terminal/shell-word.ts";
import { text } from "../terminal/terminal-text.ts";

/** A request, with the token that it would carry left out. */
export interface DryRun {
  readonly dryRun: true;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The same request for a shell, with the token from `GENESYS_ACCESS_TOKEN`. */
  readonly curl: string;
}

const tokenVariable = "$GENESYS_ACCESS_TOKEN";

/** Makes the request that a send would make, with the client itself, and sends nothing. */
export async function dryRunSend(
  baseUrl: string | undefined,
  contactId: string,
  message: MessageRequest,
  idempotencyKey: string | undefined,
): Promise<DryRun> {
  const requests: TransportRequest[] = [];
  const settings: ClientSettings = {
    ...(baseUrl !== undefined && { baseUrl }),
    token: "left-out",
    transport: async (request) => {
      requests.push(request);
      return { status: 201, headers: {}, body: new TextEncoder().encode('{"id":"none"}') };
    },
  };
  await useClient(settings, (client) => client.messages.send(contactId, message, { idempotencyKey }));
  const [request] = requests;
  if (!request) throw new Error("the client made no request");
  return toDryRun(request);
}

function toDryRun({ method, url, headers, body: sent }: TransportRequest): DryRun {
  const body = typeof sent === "string" ? sent : "";
  const shown = { ...headers, authorization: `Bearer ${tokenVariable}` };
  return {
    dryRun: true,
    method,
    url,
    headers: shown,
    body: JSON.parse(body),
    curl: toCurl(method, url, shown, body),
  };
}

function toCurl(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const headerFlags = Object.entries(headers).map(([name, value]) => {
    // The one header with a variable stands in double quotes, so that the shell fills it in.
    return value.includes(tokenVariable) ? `-H "${name}: ${value}"` : `-H ${shellWord(`${name}: ${value}`)}`;
  });
  return [`curl -X ${method} ${shellWord(url)}`, ...headerFlags, `--data-binary ${shellWord(body)}`].join(
    " \\\n  ",
  );
}

/** Shows a person the request. */
export function showDryRun({ method, url, headers, body, curl }: DryRun, output: Output): void {
  output.say(text`${output.style.bold(`${method} ${url}`)}`);
  for (const [name, value] of Object.entries(headers)) output.say(text`${name}: ${value}`);
  output.say(text``);
  for (const line of JSON.stringify(body, undefined, 2).split("\n")) output.say(text`${line}`);
  output.say(text``);
  output.say(output.style.dim(`# The same with curl, once ${tokenVariable} holds a token:`));
  for (const line of curl.split("\n")) output.say(text`${line}`);
}
