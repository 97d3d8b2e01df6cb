/** Wheel movements further apart than this are two gestures. */
const gestureMs = 300;
/** A notch of a mouse wheel; a touchpad begins a gesture with less. */
const notch = 50;
const stepMs = 250;

/**
 * Lets a mouse's wheel, which knows up and down only, turn over cards that lie side by side. It takes part only in
 * gestures that begin above the cards, and only until the last card: a reader who scrolls through the messages is not
 * held up by the cards that pass below the pointer. Sideways movements are the browser's own.
 */
export function createWheelSteps(
  element: HTMLElement,
  canStep: (direction: -1 | 1) => boolean,
  step: (direction: -1 | 1) => void,
): { stop(): void } {
  const page = element.ownerDocument;
  let lastAt = Number.NEGATIVE_INFINITY;
  let steppedAt = Number.NEGATIVE_INFINITY;
  let isOurs = false;

  // Above everything, before the cards hear of it: a gesture that begins elsewhere is not for them.
  function watch(event: WheelEvent): void {
    if (event.timeStamp - lastAt > gestureMs)
      isOurs = isNotch(event) && event.composedPath().includes(element);
    lastAt = event.timeStamp;
  }

  function turn(event: WheelEvent): void {
    const direction = event.deltaY < 0 ? -1 : 1;
    if (!isOurs || event.shiftKey || event.ctrlKey || !canStep(direction)) return;
    event.preventDefault();
    if (event.timeStamp - steppedAt < stepMs) return;
    steppedAt = event.timeStamp;
    step(direction);
  }

  page.addEventListener("wheel", watch, { capture: true, passive: true });
  element.addEventListener("wheel", turn, { passive: false });
  return {
    stop() {
      page.removeEventListener("wheel", watch, { capture: true });
      element.removeEventListener("wheel", turn);
    },
  };
}

function isNotch({ deltaX, deltaY, deltaMode }: WheelEvent): boolean {
  return (
    deltaX === 0 && deltaY !== 0 && (deltaMode !== WheelEvent.DOM_DELTA_PIXEL || Math.abs(deltaY) >= notch)
  );
}
