import type { Output } from "../terminal/output.ts";
import { text } from "../terminal/terminal-text.ts";

/** Tells a person of a step of the demo that is done, and what came of it. */
export function tellStep(output: Output, step: string, found: string): void {
  output.say(text`${output.style.green("✓")} ${step}: ${found}`);
}
