import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const toldMs = 2_000;

/** A piece of code with its name and a button that copies it. */
export function CodeBlock({ label, code }: { label: string; code: string }): JSX.Element {
  const words = useRef<HTMLElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), toldMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      setIsCopied(true);
    } catch {
      // A page that did not come over HTTPS may not write the clipboard: leave the text marked, ready to be copied.
      if (words.current) getSelection()?.selectAllChildren(words.current);
    }
  }

  return (
    <figure class="code">
      <figcaption>
        <span>{label}</span>
        <button type="button" onClick={() => void copy()} aria-label={`Copy: ${label}`}>
          {isCopied ? "Copied" : "Copy"}
        </button>
        <span class="unseen" role="status">
          {isCopied ? "Copied" : ""}
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <pre tabIndex={0}>
        <code ref={words}>{code}</code>
      </pre>
    </figure>
  );
}
