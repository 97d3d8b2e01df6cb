import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A connection that is back within this time was never missed. */
const patienceMs = 1_500;

/** Tells when the chat has lost its connection: the browser's, or the gateway's. */
export function ConnectionBanner({ isConnected }: { isConnected: boolean }): JSX.Element {
  const isOnline = useOnline();
  const isLate = useLasting(!isConnected, patienceMs);
  const text = isOnline
    ? isLate && "Connecting…"
    : "You are offline. What you write is sent when you are back.";
  return (
    <div class={text ? "banner" : "unseen"} role="status">
      {text}
    </div>
  );
}

function useOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = (): void => setIsOnline(navigator.onLine);
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      removeEventListener("online", update);
      removeEventListener("offline", update);
    };
  }, []);
  return isOnline;
}

/** Whether something has been so for some time. */
function useLasting(isSo: boolean, forMs: number): boolean {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    setHasLasted(false);
    if (!isSo) return;
    const timer = setTimeout(() => setHasLasted(true), forMs);
    return () => clearTimeout(timer);
  }, [isSo, forMs]);
  return isSo && hasLasted;
}
