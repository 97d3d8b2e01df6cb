import type { Content } from "../../content.ts";
import { wholeFits } from "../text/whole.ts";
import { withAliases } from "./alias.ts";
import { Unsendable, type Work } from "./work.ts";

/**
 * What a step makes, if it makes something that the channel takes. Otherwise `undefined`, and it is as if it had
 * not been tried.
 */
export function tried(work: Work, step: (trial: Work) => Content[] | undefined): Content[] | undefined {
  const trial: Work = { ...work, notices: [], numbered: new Set(), aliased: new Set() };
  const messages = made(() => step(trial));
  if (!messages?.every((message) => isTaken(work, message))) return undefined;
  work.notices.push(...trial.notices);
  for (const value of trial.numbered) work.numbered.add(value);
  return messages;
}

function made(step: () => Content[] | undefined): Content[] | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof Unsendable) return undefined;
    throw error;
  }
}

function isTaken(work: Work, message: Content): boolean {
  if (!work.profile.whole) return true;
  const scratch: Work = { ...work, notices: [], aliased: new Set() };
  return wholeFits(work.profile, withAliases(scratch, message));
}
