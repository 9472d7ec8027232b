import { track } from "./in-flight.ts";

/**
 * Writes down what has changed, a while after it has, one round at a time: what changes during a round is written by
 * the next. A round that fails is silent: the page goes on, and a reload forgets what it would without it.
 *
 * @param wait Milliseconds from a change to the round that writes it, so that not every letter is one.
 * @returns what to call at every change
 */
export function keepInStep(write: () => Promise<void>, wait: number): () => void {
  let isDue = false;
  let isUnderWay = false;
  const go = async () => {
    while (isDue) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      isDue = false;
      try {
        await write();
      } catch {
        // Forbidden, full or gone: see above.
      }
    }
    isUnderWay = false;
  };
  return () => {
    isDue = true;
    if (!isUnderWay) {
      isUnderWay = true;
      void track(go());
    }
  };
}
