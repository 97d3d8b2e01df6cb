import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useCopied } from "./use-copied.ts";

/** A piece of code with its name and a button that copies it. */
export function CodeBlock({ label, code }: { label: string; code: string }): JSX.Element {
  const words = useRef<HTMLElement>(null);
  const { isCopied, copy } = useCopied();

  async function copyCode(): Promise<void> {
    // A page that did not come over HTTPS may not write the clipboard: leave the text marked, ready to be copied.
    if (!(await copy(code)) && words.current) getSelection()?.selectAllChildren(words.current);
  }

  return (
    <figure class="code">
      <figcaption>
        <span>{label}</span>
        <button type="button" onClick={() => void copyCode()} aria-label={`Copy: ${label}`}>
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
