import type { QuickcardCommand } from "../../quickcard-command.ts";
import { addContactsClose } from "./close.ts";
import { addContactsCreate } from "./create.ts";
import { addContactsDelete } from "./delete.ts";
import { addContactsList } from "./list.ts";
import { addContactsReopen } from "./reopen.ts";
import { addContactsShow } from "./show.ts";

const commands = [
  addContactsCreate,
  addContactsList,
  addContactsShow,
  addContactsClose,
  addContactsReopen,
  addContactsDelete,
];

/** Declares `quickcard contacts` and its subcommands. */
export function addContacts(parent: QuickcardCommand): void {
  const contacts = parent
    .command("contacts")
    .summary("make, list, show, close, reopen and delete contacts")
    .description("The customers that messages can be sent to.");
  for (const add of commands) add(contacts);
}
