import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** How far from its end, in pixels, a reader still counts as being there. */
const nearEndPx = 60;

/** Keeps the end of what scrolls in sight: at each new entry, and for a reader who is there, as its first child or the window changes its size. */
export function useScrollToEnd(scroller: { readonly current: HTMLElement | null }, entries: number): void {
  const isAtEnd = useRef(true);
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  useLayoutEffect(() => {
    toEnd();
  }, [entries]);
  useEffect(() => {
    const element = scroller.current;
    const list = element?.firstElementChild;
    if (!element || !list) return;
    const note = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    };
    const sizes = new ResizeObserver(() => isAtEnd.current && toEnd());
    sizes.observe(list);
    sizes.observe(element);
    element.addEventListener("scroll", note, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", note);
    };
  }, []);
}
