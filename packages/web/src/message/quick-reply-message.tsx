import type { Choice } from "@quickcard/content";
import type { JSX } from "preact";
import type { ContentProps } from "./content-props.ts";
import { LinkedText } from "./linked-text.tsx";
import { Picture } from "./picture.tsx";

/** A question and, for as long as they are offered, the choices to answer it with. */
export function QuickReplyMessage({ content, taps }: ContentProps<"quick-reply">): JSX.Element {
  return (
    <>
      <div class="bubble">
        <LinkedText text={content.title} />
      </div>
      {taps.offersChoices && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and these send nothing together
        <div class="chips" role="group" aria-label={content.title}>
          {content.choices.map((choice, index) => (
            <Chip key={choice.value} choice={choice} onClick={() => taps.choose(index, choice.label)} />
          ))}
        </div>
      )}
    </>
  );
}

function Chip({ choice, onClick }: { choice: Choice; onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="chip" onClick={onClick}>
      {choice.imageUrl && <Picture class="chip-image" url={choice.imageUrl} alternative="" />}
      <bdi>{choice.label}</bdi>
    </button>
  );
}
