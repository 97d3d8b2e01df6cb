import { useEffect, useState } from "preact/hooks";

const toldMs = 2_000;

/** Copies a text, and tells for a moment that it did. */
export function useCopied(): { isCopied: boolean; copy: (text: string) => void } {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), toldMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return {
    isCopied,
    copy: (text) => void navigator.clipboard.writeText(text).then(() => setIsCopied(true)),
  };
}
