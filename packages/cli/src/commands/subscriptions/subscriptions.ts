import type { QuickcardCommand } from "../../quickcard-command.ts";
import { addSubscriptionsCreate } from "./create.ts";
import { addSubscriptionsList } from "./list.ts";
import { addSubscriptionsRemove } from "./remove.ts";
import { addSubscriptionsReplay } from "./replay.ts";
import { addSubscriptionsResume } from "./resume.ts";
import { addSubscriptionsRotate } from "./rotate.ts";
import { addSubscriptionsShow } from "./show.ts";
import { addSubscriptionsTest } from "./test.ts";

const commands = [
  addSubscriptionsCreate,
  addSubscriptionsList,
  addSubscriptionsShow,
  addSubscriptionsTest,
  addSubscriptionsReplay,
  addSubscriptionsRotate,
  addSubscriptionsResume,
  addSubscriptionsRemove,
];

/** Declares `quickcard subscriptions` and its subcommands. */
export function addSubscriptions(parent: QuickcardCommand): void {
  const subscriptions = parent
    .command("subscriptions")
    .summary("tell URLs of events by signed webhooks")
    .description("The URLs that are told of events by signed webhooks.");
  for (const add of commands) add(subscriptions);
}
