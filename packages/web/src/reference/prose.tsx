import type { JSX } from "preact";
import { Fragment } from "preact";

/** A description: its paragraphs, with what stands between backticks as code. */
export function Prose({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>
          <Words text={paragraph} />
        </p>
      ))}
    </>
  );
}

/** The words of one line of a description. */
export function Words({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text
        .split("`")
        .map((piece, index) =>
          index % 2 === 1 ? <code key={index}>{piece}</code> : <Fragment key={index}>{piece}</Fragment>,
        )}
    </>
  );
}
