import type { TargetedKeyboardEvent } from "preact";

/** For a field that is written in: Enter sends, Shift and Enter begin a new line. The Enter that chooses a word of an input method does neither. */
export function sendOnEnter(send: () => void): (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => void {
  return (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
}
