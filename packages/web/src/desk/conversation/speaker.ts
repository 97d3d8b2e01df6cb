import type { DeskConversation, DeskMessage } from "../desk-wire.ts";

/** Who said a message, as the agent knows them. */
export function speakerOf(
  { direction, communicationId, normalizedMessage }: DeskMessage,
  { customerName, participants }: Pick<DeskConversation, "customerName" | "participants">,
): string {
  if (direction === "inbound") return customerName;
  if (normalizedMessage.originatingEntity === "Bot") return "Bot";
  const sender = participants.find((participant) => participant.communicationId === communicationId);
  return sender?.purpose === "api" ? "Program" : (sender?.name ?? "Agent");
}
