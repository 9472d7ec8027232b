/** Work under way, so that tests can wait for the page to come to rest. */
const inFlight = new Set<Promise<unknown>>();

export function track<T>(work: Promise<T>): Promise<T> {
  inFlight.add(work);
  const forget = () => inFlight.delete(work);
  work.then(forget, forget);
  return work;
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}

/** Resolves when no work is under way and React has painted what came of it. */
export async function idle(): Promise<void> {
  do {
    await Promise.allSettled(inFlight);
    // One frame for React to commit, a second for the browser to have painted it.
    await nextFrame();
    await nextFrame();
  } while (inFlight.size > 0);
}
