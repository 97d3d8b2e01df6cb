import type { QuickcardCommand } from "../../quickcard-command.ts";
import { addMessagesCancel } from "./cancel.ts";
import { addMessagesDrop } from "./drop.ts";
import { addMessagesList } from "./list.ts";
import { addMessagesRetry } from "./retry.ts";
import { addMessagesShow } from "./show.ts";

const commands = [addMessagesList, addMessagesShow, addMessagesRetry, addMessagesDrop, addMessagesCancel];

/** Declares `quickcard messages` and its subcommands. */
export function addMessages(parent: QuickcardCommand): void {
  const messages = parent
    .command("messages")
    .summary("find messages that were not delivered; retry, drop or cancel them")
    .description("Messages that were not delivered, and those that wait, of any contact.");
  for (const add of commands) add(messages);
}
