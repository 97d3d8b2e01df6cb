/** Tells which messages the customer has had before the eyes. */
export interface ReadWatch {
  /** Watches the element of a message, named by its `data-message`; the answer ends that. */
  watch(element: HTMLElement): () => void;
  stop(): void;
}

/** A message counts as seen with half of it on screen, or where it fills much of a small screen. */
const seenShare = 0.5;
const seenShareOfScreen = 0.4;

/**
 * Makes a watch. A message is read when it is on screen while the page is in front and has the focus: what lies open
 * behind another window is delivered, not read.
 */
export function createReadWatch(page: Document, onRead: (messageId: string) => void): ReadWatch {
  const inView = new Set<HTMLElement>();
  const observer = new IntersectionObserver(take, { threshold: [0, 0.25, seenShare, 0.75, 1] });
  const window = page.defaultView;

  function take(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const element = entry.target;
      if (!(element instanceof HTMLElement)) continue;
      if (isSeen(entry)) inView.add(element);
      else inView.delete(element);
    }
    tell();
  }

  function tell(): void {
    if (page.visibilityState !== "visible" || !page.hasFocus()) return;
    for (const element of inView) {
      const { message } = element.dataset;
      if (message) onRead(message);
      observer.unobserve(element);
    }
    inView.clear();
  }

  page.addEventListener("visibilitychange", tell);
  window?.addEventListener("focus", tell);
  return {
    watch(element) {
      observer.observe(element);
      return () => {
        observer.unobserve(element);
        inView.delete(element);
      };
    },
    stop() {
      observer.disconnect();
      page.removeEventListener("visibilitychange", tell);
      window?.removeEventListener("focus", tell);
    },
  };
}

function isSeen({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  rootBounds,
}: IntersectionObserverEntry): boolean {
  if (!isIntersecting) return false;
  return (
    intersectionRatio >= seenShare ||
    intersectionRect.height >= (rootBounds?.height ?? Infinity) * seenShareOfScreen
  );
}
