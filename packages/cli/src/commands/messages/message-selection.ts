import type { DeadLetterStatus, OpenMessagingClient } from "@quickcard/client";
import { instant } from "../../arguments/instant-option.ts";
import { nameList } from "../../arguments/name-list.ts";
import { wholeNumber } from "../../arguments/number-option.ts";
import { usageFailure } from "../../errors/failure.ts";
import type { ConnectionOptions } from "../../gateway/connection.ts";
import type { QuickcardCommand } from "../../quickcard-command.ts";

/** The most that one call of the API works on. */
const mostAtOnce = 1000;

const deadLetterStatuses = ["failed", "unknown", "expired"] satisfies DeadLetterStatus[];

/** How the messages are named that a command works on. */
export interface SelectionOptions extends ConnectionOptions {
  to?: string;
  all?: boolean;
  limit: number;
}

/** How dead letters are named that a command works on. */
export interface DeadLetterOptions extends SelectionOptions {
  status?: DeadLetterStatus[];
  before?: string;
}

/** Adds the ways to name one contact's messages, or all. */
export function addSelectionOptions(command: QuickcardCommand): QuickcardCommand {
  return command
    .argument("[messages...]", "the messages' ids")
    .option("--to <contact>", "with --all, those of this contact")
    .option("--all", "all of any contact, or of the one named by --to")
    .option(
      "--limit <number>",
      "with --all, at most so many",
      wholeNumber("--limit", 1, mostAtOnce),
      mostAtOnce,
    );
}

/** Adds the ways to name dead letters. */
export function addDeadLetterOptions(command: QuickcardCommand, defaultStatuses: string): QuickcardCommand {
  return addSelectionOptions(command)
    .option(
      "--status <list>",
      `with --all, those of these statuses; ${defaultStatuses} unless told`,
      nameList("--status", deadLetterStatuses, "a status of a message that was not delivered"),
    )
    .option("--before <instant>", "with --all, those accepted before this instant", instant("--before"));
}

/**
 * Checks that messages are named one way, not both.
 *
 * @throws Failure
 */
export function requireSelection(ids: readonly string[], { all }: SelectionOptions): void {
  if (ids.length > 0 && all) {
    throw usageFailure("Messages were named, and --all too.", "Give their ids, or --all");
  }
  if (ids.length > 0 || all) return;
  throw usageFailure(
    "No message was named.",
    "Give ids, or --all. Their ids: quickcard messages list",
    "usage.missing_argument",
  );
}

/** Whose message it is: the contact that was named, else as the gateway knows it. */
export async function ownerOf(
  client: OpenMessagingClient,
  id: string,
  { to, signal }: { to: string | undefined; signal: AbortSignal },
): Promise<string> {
  return to ?? (await client.messages.locate(id, { signal })).contactId;
}

/** What `--all` selects. */
export function selectionOf({ status, to, before, limit }: DeadLetterOptions) {
  return {
    ...(status && { statuses: status }),
    ...(to !== undefined && { contactId: to }),
    ...(before !== undefined && { before }),
    limit,
  };
}
