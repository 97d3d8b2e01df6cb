import { commandPath, exitCodes, type QuickcardCommand } from "quickcard";
import { withSubcommands } from "./declared-program.ts";

const introduction = `# The \`quickcard\` command

Every command's own help, and what its exit codes mean. This page is made from the command itself:
\`npx vitest run packages/cli/test/help.test.ts -u\` writes it anew.

## Variables

| variable | meaning |
|---|---|
| \`GENESYS_BASE_URL\` | where the contacts API is; \`https://api.mypurecloud.com\` unless told |
| \`GENESYS_CLIENT_ID\`, \`GENESYS_CLIENT_SECRET\` | the OAuth client, from \`quickcard clients create\` |
| \`TARGET_CONTACT_ID\` | the contact, where a command does not name one |
| \`NO_COLOR\`, \`FORCE_COLOR\` | no colour, or colour also where the output is no terminal |

They come from the environment, else from \`.env\` in the current folder. A file named by \`--dotenv\` goes before both, and
an option such as \`--base-url\` before all. There is no option for the secret: options are seen in process lists.

Where no secret is set, the token of \`quickcard login\` is used, at the server that it was made for and at no other. It lies in
\`quickcard/logins.json\` in \`XDG_CONFIG_HOME\` (\`~/.config\` unless told; \`%APPDATA%\` on Windows), readable by its user alone.

## Output

Results go to standard output, errors and warnings to standard error. With \`--json\` standard output holds JSON alone, one
object a line, and an error is one JSON object on standard error:
\`{"error":{"code","message","cause","fix","retryable","exitCode", …}}\`.

## When a message does not appear

\`quickcard history --to CONTACT\` shows how far each message came.

| status | where the message is | what to do |
|---|---|---|
| \`queued\`, \`sending\` | accepted and safe, not at the channel yet | wait; if it stays so, look at the gateway's log |
| \`retry_wait\` | not delivered yet, and tried again by itself | \`quickcard messages show MESSAGE\` tells why, and when |
| \`ambiguous\`, \`reconciling\` | it may have arrived; the gateway looks for evidence | wait |
| \`sent\` | at the channel; the customer has not opened the chat | \`quickcard contacts show CONTACT\` tells the customer's page |
| \`delivered\`, \`read\` | on the customer's screen, seen | nothing |
| \`failed\`, \`expired\` | not delivered; the reason stands beside it | mend the reason, then \`quickcard messages retry\` |
| \`unknown\` | it may have arrived, and nobody can tell | ask the customer, then \`quickcard messages retry\` or \`drop\` |
| \`cancelled\` | taken back before it was sent | nothing |

A notice \`Changed for the channel\` after \`send\` says that the channel cannot show the message as it is.
`;

/** The reference of the command, as Markdown. */
export function renderReference(program: QuickcardCommand): string {
  const codes = Object.values(exitCodes).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  const exits = ["## Exit codes", "", "| code | meaning |", "|---|---|", ...codes, ""];
  const sections = withSubcommands(program)
    .filter((command) => command.name() !== "help")
    .map(
      (command) =>
        `## ${commandPath(command)}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`,
    );
  return [introduction, exits.join("\n"), ...sections].join("\n");
}
