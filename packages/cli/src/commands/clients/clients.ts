import type { QuickcardCommand } from "../../quickcard-command.ts";
import { addClientsCreate } from "./create.ts";
import { addClientsList } from "./list.ts";
import { addClientsRevoke } from "./revoke.ts";

/** Declares `quickcard clients` and its subcommands. */
export function addClients(parent: QuickcardCommand): void {
  const clients = parent
    .command("clients")
    .summary("make, list and revoke OAuth clients")
    .description("The programs that may use a gateway, in its data folder.");
  for (const add of [addClientsCreate, addClientsList, addClientsRevoke]) add(clients);
}
