import type { JSX } from "preact";
import { useIsBefore } from "../use-is-before.ts";

/** Three dots, while an agent types. */
export function TypingMark({ until, speaker }: { until: number; speaker: string }): JSX.Element | null {
  if (!useIsBefore(until)) return null;
  return (
    <p class="bubble typing-mark">
      <span class="dot" />
      <span class="dot" />
      <span class="dot" />
      <span class="unseen">{speaker} is typing</span>
    </p>
  );
}
