import { useEffect, useState } from "preact/hooks";

const toldMs = 2_000;

/** Copies a text, and tells for a moment that it did. `copy` answers `false` where the browser refuses. */
export function useCopied(): { isCopied: boolean; copy: (text: string) => Promise<boolean> } {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), toldMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return {
    isCopied,
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        setIsCopied(true);
        return true;
      } catch {
        return false;
      }
    },
  };
}
