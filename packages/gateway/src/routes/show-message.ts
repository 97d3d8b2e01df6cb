import type { Message } from "@quickcard/client";
import type { StoredMessage } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { type Channels, findNotices } from "./plan-message.ts";
import { toMessage, toOutboundMessage } from "./resources.ts";

/** A message with all that is known of it: every status it has had and every attempt to deliver it. */
export async function showMessage(
  ground: { store: Store; channels: Channels },
  record: StoredMessage,
): Promise<Message> {
  if (record.direction === "inbound") return toMessage(record);
  const [attempts, statuses, notices] = await Promise.all([
    ground.store.listAttempts(record.id),
    ground.store.listStatuses(record),
    findNotices(ground, [record]),
  ]);
  return toOutboundMessage(record, notices.get(record.id), { attempts, statuses });
}
