import type { Content } from "../../content.ts";
import { listAnswers } from "./list-answers.ts";

/** What the aliases of a content begin with where the sender says nothing: made of its answers' values. */
export function defaultPrefix(content: Content): string {
  let [first, second] = [0xdeadbeef, 0x41c6ce57];
  for (const { value } of listAnswers(content)) {
    for (let index = 0; index <= value.length; index += 1) {
      // Between two values stands a unit that no value has.
      const unit = index < value.length ? value.charCodeAt(index) : 0;
      first = Math.imul(first ^ unit, 0x9e3779b1);
      second = Math.imul(second ^ unit, 0x5f356495);
    }
  }
  return [mixed(first, second), mixed(second, first)].map((half) => half.toString(36)).join("");
}

/** Spreads what the low bits tell over all (the finisher of MurmurHash3, which is in the public domain). */
function mixed(value: number, other: number): number {
  let hash = value ^ (other >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
