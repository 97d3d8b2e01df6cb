import { degrade } from "@quickcard/content/channels";
import type { Plan, PlanRequest } from "../channel.ts";

/**
 * A program of one's own is given the content as it is, or the sender's own for it; how to show it is for the program to
 * say. Beside it stand the answers, each with what the program hands back when it is tapped.
 */
export function planCustom({ messageId, content, adaptation }: PlanRequest): Plan {
  const shown = adaptation?.fallbacks?.custom ?? content;
  const degraded = degrade(shown, "web", { aliasPrefix: messageId, aliasAll: true });
  const answers = degraded.ok ? degraded.answers : [];
  return { kind: "planned", rendering: { parts: [shown], notices: [], answers } };
}
