import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { CardView } from "./card-view.tsx";
import { createWheelSteps } from "./carousel-wheel.ts";
import type { ContentProps } from "./content-props.ts";
import { Icon } from "./icons.tsx";

/** Cards side by side that snap into place: by touch, by wheel, by the arrow keys, by the two buttons. */
export function CarouselMessage({ content, taps }: ContentProps<"carousel">): JSX.Element {
  const track = useRef<HTMLUListElement>(null);
  const { reach, step } = useTrack(track);
  const { cards } = content;
  return (
    // Not a landmark: a conversation may have many of the same name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form
    <div class="carousel" role="group" aria-roledescription="carousel" aria-label={`${cards.length} cards`}>
      <ul
        class="track"
        ref={track}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        aria-label="Cards"
        onKeyDown={(event) => stepByKey(event, step)}
      >
        {cards.map((card, index) => (
          <li class="slide" key={index} aria-label={`${index + 1} of ${cards.length}`}>
            <CardView card={card} taps={taps} index={index} />
          </li>
        ))}
      </ul>
      {cards.length > 1 && (
        <>
          <StepButton direction={-1} isOff={!reach.back} step={step} />
          <StepButton direction={1} isOff={!reach.forward} step={step} />
        </>
      )}
    </div>
  );
}

type Step = (direction: -1 | 1) => void;

function StepButton(props: { direction: -1 | 1; isOff: boolean; step: Step }): JSX.Element {
  const isForward = props.direction === 1;
  return (
    <button
      type="button"
      class={isForward ? "step forward" : "step back"}
      aria-label={isForward ? "Next card" : "Previous card"}
      aria-disabled={props.isOff}
      onClick={() => props.step(props.direction)}
    >
      <Icon name={isForward ? "next" : "previous"} />
    </button>
  );
}

function stepByKey(event: TargetedKeyboardEvent<HTMLUListElement>, step: Step): void {
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlain || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
  event.preventDefault();
  step(event.key === "ArrowRight" ? 1 : -1);
}

/** Where a track of cards stands, and the way to move it by one card. */
function useTrack(track: { readonly current: HTMLUListElement | null }): {
  reach: { back: boolean; forward: boolean };
  step: Step;
} {
  const [reach, setReach] = useState({ back: false, forward: false });
  const step: Step = (direction) => track.current && stepTrack(track.current, direction);
  useEffect(() => {
    const element = track.current;
    if (!element) return;
    const measure = (): void => setReach((known) => changed(known, reachOf(element)));
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    const wheel = createWheelSteps(
      element,
      (direction) => reachOf(element)[direction < 0 ? "back" : "forward"],
      step,
    );
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", measure);
      wheel.stop();
    };
  }, []);
  return { reach, step };
}

function changed<Reach extends { back: boolean; forward: boolean }>(known: Reach, now: Reach): Reach {
  return known.back === now.back && known.forward === now.forward ? known : now;
}

function reachOf(track: HTMLElement): { back: boolean; forward: boolean } {
  const { scrollLeft, scrollWidth, clientWidth } = track;
  return { back: scrollLeft > 2, forward: scrollLeft < scrollWidth - clientWidth - 2 };
}

/** Moves by one card. Cards stand in the order of writing, from the left: the page's own words are English. */
function stepTrack(track: HTMLElement, direction: -1 | 1): void {
  const [first, second] = [...track.children].filter((child) => child instanceof HTMLElement);
  const distance = first && second ? second.offsetLeft - first.offsetLeft : track.clientWidth;
  const current = Math.round(track.scrollLeft / distance);
  track.scrollTo({ left: (current + direction) * distance });
}
