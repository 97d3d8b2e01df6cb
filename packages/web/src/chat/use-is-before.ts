import { useEffect, useState } from "preact/hooks";

/** Whether a moment, in milliseconds since 1970, is still to come; drawn anew when it has. */
export function useIsBefore(moment: number): boolean {
  const [, setTick] = useState(0);
  const left = moment - Date.now();
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setTick((tick) => tick + 1), left);
    return () => clearTimeout(timer);
  }, [moment]);
  return left > 0;
}
