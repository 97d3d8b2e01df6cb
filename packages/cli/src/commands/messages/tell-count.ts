import type { Output } from "../../terminal/output.ts";
import { text } from "../../terminal/terminal-text.ts";

/** Says how many messages were worked on, and whether there may be more. */
export function tellCount(
  output: Output,
  { count, limit, done }: { count: number; limit: number; done: string },
): void {
  output.result({ count });
  output.say(text`${count === 1 ? "1 message is" : `${count} messages are`} ${done}.`);
  if (count === limit) output.warn(text`There may be more: run it again.`);
}
