import type { DeskConversation } from "../desk-wire.ts";

/** How a conversation stands for the agent. */
export interface Standing {
  label: string;
  tone: "waiting" | "connected" | "over";
}

/** Who of the organisation's has the conversation now, if anybody. */
export function standingOf({ isLive, participants }: DeskConversation): Standing {
  if (!isLive) return { label: "Ended", tone: "over" };
  const agent = participants.findLast(
    ({ purpose, state }) => purpose === "agent" && state !== "disconnected",
  );
  if (agent?.state === "connected") return { label: `With ${agent.name}`, tone: "connected" };
  const bot = participants.findLast(({ purpose, state }) => purpose === "botflow" && state === "connected");
  if (bot) return { label: `With ${bot.name}`, tone: "connected" };
  return { label: agent ? "Alerting" : "In the queue", tone: "waiting" };
}
