import { addPlaceOptions, type PlaceOptions } from "../../gateway/gateway-place.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { columns } from "../../terminal/columns.ts";
import { text } from "../../terminal/terminal-text.ts";
import { withKnownClients } from "./client-registry.ts";

/** Declares `quickcard clients list`. */
export function addClientsList(parent: QuickcardCommand): void {
  addPlaceOptions(
    parent
      .command("list")
      .summary("list the OAuth clients, oldest first")
      .description(
        "List the OAuth clients of a data folder, oldest first, revoked ones included. No secret is shown.",
      ),
  )
    .example("quickcard clients list")
    .example("quickcard clients list --data /var/lib/quickcard --json")
    .run<PlaceOptions>(runList);
}

async function runList(invocation: Invocation<PlaceOptions>): Promise<void> {
  const { output } = invocation;
  const clients = await withKnownClients(invocation, (registry) => registry.list());
  output.result({ entities: clients });
  if (output.isJson) return;
  if (clients.length === 0) output.say(text`No clients yet. Make one: quickcard clients create --help`);
  const rows = clients.map(({ clientId, name, kind, scopes, revokedAt }) => [
    clientId,
    name,
    revokedAt === undefined ? kind : `${kind}, revoked`,
    scopes.join(","),
  ]);
  for (const line of columns(rows)) output.say(line);
}
