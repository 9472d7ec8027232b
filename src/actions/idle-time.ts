/** Longest wait: a page that is never at rest is to be written down as well. */
const LONGEST_WAIT_MS = 1000;

/** Resolves when the page has nothing better to do, or after a while. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") {
      requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS });
    } else {
      setTimeout(resolve);
    }
  });
}
