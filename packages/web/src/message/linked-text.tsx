import type { JSX } from "preact";
import { linkSegments } from "./link-segments.ts";

/** A text as it was written, line breaks and all, with its links to follow. */
export function LinkedText({ text, class: name = "text" }: { text: string; class?: string }): JSX.Element {
  return (
    <p class={name} dir="auto">
      <LinkedWords text={text} />
    </p>
  );
}

/** The words of a text, with its links to follow. Not for inside of a link or button. */
export function LinkedWords({ text }: { text: string }): JSX.Element {
  const words = linkSegments(text).map(({ text: piece, href }) =>
    href ? <OutsideLink href={href}>{piece}</OutsideLink> : piece,
  );
  return <>{words}</>;
}

function OutsideLink({ href, children }: { href: string; children: string }): JSX.Element {
  return (
    <a class="link" href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
