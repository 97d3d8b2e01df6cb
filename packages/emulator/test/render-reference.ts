import type { adviceTable, Control, CoveredOperation, Limit } from "@quickcard/emulator";

const introduction = `# The emulator

What \`quickcard emulator\` and \`createEmulator()\` answer, route by route; what can be turned; what is counted. Facts about Genesys Cloud come
from its official SDKs (\`purecloud-platform-client-v2\` 262.0.0), its developer and help pages and its forums; a note says where something is
our guess. This page is made from the code: \`npx vitest run packages/emulator/test/reference.test.ts -u\` writes it anew.

## Hosts

The API is at the emulator's address; the login host is under \`/login\` of it, or a host whose name begins with \`login.\` where requests are
handed over in the same process. The API's host gives no tokens, as Genesys Cloud's does not.

## Conversations

A customer's message opens a conversation, or joins the live one of the same customer and integration, or reopens one that ended within 72
hours, or the time that the threading timeline is set to. It goes to the bot of the integration's flow, else to the agent with the fewest conversations. Agents' and agentless messages
come on the webhook alike. Webhooks of a conversation go out one at a time, in order (the platform promises none); any answer but 2xx, 429
and 5xx ends the whole conversation. An agentless message without \`useExistingActiveConversation\` has a conversation of its own, which
ends at once.

The bot of a flow is a \`script\` of rules, or a server of your own: by \`connector\`, which asks as the Digital Bot Connector does under the base
URI \`url\`, or by \`legacy-connector\`, where \`url\` is the Handle Utterance URI and the answer has the legacy names.

A customer's typing is told to agents; an agent's is sent only where the integration's messaging setting lets it out. A receipt for an
unknown message is answered with 200 by a receipt that says \`Failed\`.

## State

Without a file all is in memory. With one, every change is in it before the request that made it is answered; webhooks on their way,
the turned clock and tokens included: an emulator that is killed loses nothing that it answered, and sends again what was on its way.
Changes of requests that come together are written together, without waiting for the disk itself. A last line that a crash cut short is
dropped. The wire log and the fault dial are not kept.

Where the file takes nothing more, as on a full disk, the emulator says so once on standard error (\`warn\` of \`createEmulator()\`), answers
every request with 503, and sends no webhook; it tries every second, and goes on once there is room. What was under way at that moment
may have been carried out, as behind any 5xx.
`;

const errors = `## Errors

What \`createEmulator\` and \`listen\` throw, each with a \`code\` and a \`fix\`; none is \`retryable\`.

| code | what happened, and what to do |
|---|---|
| \`invalid_option\` | An option cannot be used; the message names it and what it may be. |
| \`port_unavailable\` | The port is taken, or the address is not of this machine. Take another, or 0 for a free one. |
| \`emulator_data_in_use\` | Another emulator has the file open. Stop it, or name another file. |
| \`emulator_data_unavailable\` | The file cannot be read or written, or is not an emulator's. Name another, or remove it. |
`;

const advice = `## Advice

Each refused request, and each webhook or bot's turn that went wrong, has its \`advice\` in the wire log; \`quickcard emulator\` tells it on standard
error, the same time and again once. Where a path is not there, the advice says whether Genesys Cloud has it, or with which method. The answers
themselves are as Genesys Cloud's.
`;

/** What the page is made of. */
export interface ReferenceData {
  coverage: readonly CoveredOperation[];
  controls: readonly Control[];
  limits: Readonly<Record<string, Limit>>;
  faultKinds: Readonly<Record<string, readonly string[]>>;
  knownPermissions: readonly string[];
  adviceTable: typeof adviceTable;
}

const faultMeanings: Record<string, string> = {
  status: "the answer is `status`, with `Retry-After` by `retryAfterSeconds`",
  latency: "`ms` pass",
  drop: "the connection ends without an answer; of a webhook, the answer is lost",
  "expired-token": "the request's token expires at this moment",
  duplicate: "the webhook comes once more after it was accepted",
  reorder: "the next webhook of the conversation overtakes it, if one comes within two seconds",
  "bad-signature": "the webhook is signed with another secret",
};

export function renderReference(data: ReferenceData): string {
  const kinds = [...new Set(Object.values(data.faultKinds).flat())];
  return [
    introduction,
    "## Coverage\n\nAnything else is answered with 404.\n",
    table(
      ["operation", "", "note"],
      data.coverage.map(({ operation, level, note }) => [`\`${operation}\``, level, note ?? ""]),
    ),
    "## Controls\n\nOpen to this machine alone: no token, but `Host` and `Origin` have to be the emulator's own, and bodies are JSON. Agents' actions take an `agentId`; without one, the first agent acts.\n",
    table(
      ["control", "what it does"],
      data.controls.map(({ method, path, summary }) => [`\`${method} ${path}\``, summary]),
    ),
    '## Faults\n\nA fault has `on`, `kind`, and where wanted `times`, `probability`, and for requests a `route` such as `"POST /api/v2/conversations/messages/agentless"`. `when` is `before` (the default) or `after` the work is done.\n',
    table(
      ["kind", "on", "what happens"],
      kinds.map((kind) => [
        `\`${kind}\``,
        Object.keys(data.faultKinds)
          .filter((place) => data.faultKinds[place]?.includes(kind))
          .join(", "),
        faultMeanings[kind] ?? "",
      ]),
    ),
    advice,
    table(
      ["of", "where", "advice"],
      data.adviceTable.map(({ kind, status, code, message, target, advice: told }) => [
        kind,
        [
          status?.join(", "),
          code && `\`${code}\``,
          // What stands between bars would end the cell.
          message && message.source !== "^$" && `\`${message.source.replaceAll("|", "\\|")}\``,
          target && `\`${target.source.replaceAll("\\/", "/").replaceAll("|", "\\|")}\``,
        ]
          .filter(Boolean)
          .join(" "),
        told,
      ]),
    ),
    "## Limits\n",
    table(
      ["most, or least", "of what", "whose"],
      Object.values(data.limits).map(({ value, meaning, source }) => [
        value.toLocaleString("en-US"),
        meaning,
        source,
      ]),
    ),
    `## Permissions\n\nA client has all of these unless told otherwise: ${data.knownPermissions.map((name) => `\`${name}\``).join(", ")}.\n`,
    errors,
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n")}\n`;
}
