import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";

/** A button that returns something to the sender. */
export interface PostbackButtonProps {
  class: string;
  isOpen: boolean;
  isUnderway: boolean;
  onTap: () => void;
  children: ComponentChildren;
}

const acknowledgedMs = 2_000;

/** A button that returns something to the sender. It shows that the tap is on its way, and for a moment that it arrived. */
export function PostbackButton({
  class: name,
  isOpen,
  isUnderway,
  onTap,
  children,
}: PostbackButtonProps): JSX.Element {
  const isAcknowledged = useEndOf(isUnderway, acknowledgedMs);
  const state = isUnderway ? "underway" : isAcknowledged ? "acknowledged" : "";
  return (
    <button
      type="button"
      class={`${name} ${state}`}
      disabled={!isOpen}
      aria-disabled={isUnderway}
      onClick={() => isUnderway || onTap()}
    >
      {children}
      {isUnderway && <Icon name="clock" />}
      {isAcknowledged && <Icon name="tick" />}
      <span class="unseen" role="status">
        {isUnderway ? "Sending" : isAcknowledged ? "Sent" : ""}
      </span>
    </button>
  );
}

/** Whether something came to its end a moment ago. */
function useEndOf(isRunning: boolean, forMs: number): boolean {
  const [hasEnded, setHasEnded] = useState(false);
  const wasRunning = useRef(false);
  useEffect(() => {
    const ended = wasRunning.current && !isRunning;
    wasRunning.current = isRunning;
    setHasEnded(ended);
    if (!ended) return;
    const timer = setTimeout(() => setHasEnded(false), forMs);
    return () => clearTimeout(timer);
  }, [isRunning, forMs]);
  return hasEnded;
}
