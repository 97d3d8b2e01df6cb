import type { MessageRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import type { ScriptedBot } from "./flow.ts";

/** What a bot does with a message of the customer's. */
export interface BotTurn {
  replies: readonly Wire<"ReplyMessage">[];
  next: "wait" | "agent" | "end";
}

/** What a bot without an answer does: leave it to an agent. */
export const handOver: BotTurn = { replies: [], next: "agent" };

/** Answers by the first rule that fits. */
export function answerByScript({ rules }: ScriptedBot, message: MessageRecord): BotTurn {
  const heard = heardIn(message).map((text) => text.toLowerCase());
  const rule = rules.find(
    ({ when }) => when === undefined || when.some((text) => heard.includes(text.toLowerCase())),
  );
  return rule === undefined ? handOver : { replies: rule.replies, next: rule.next ?? "wait" };
}

/** The text and the payloads of a message. */
function heardIn({ normalizedMessage: { text, content = [] } }: MessageRecord): string[] {
  const payloads = content.map(({ buttonResponse }) => buttonResponse?.payload);
  return [text, ...payloads].filter((heard) => heard !== undefined);
}
