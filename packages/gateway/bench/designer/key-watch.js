/* Runs in the page, before the page's own scripts: times keys by the page's own clock. */
globalThis.keyWatch = { start, painted: () => painted };

let painted = Promise.resolve(Number.NaN);

/**
 * The next key is timed, until a change below the selector is painted.
 * @param {string} selector
 */
function start(selector) {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`${selector} is not there`);
  painted = new Promise((resolve) => {
    let keyAt = Number.NaN;
    addEventListener("keydown", ({ timeStamp }) => (keyAt = timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      observer.disconnect();
      // A frame is painted between its callback and the task that comes after.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => resolve(performance.now() - keyAt));
        port1.start();
        port2.postMessage(undefined);
      });
    });
    observer.observe(element, { subtree: true, childList: true, characterData: true });
  });
}
