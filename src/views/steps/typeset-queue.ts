/** Does work in the order it comes, a few milliseconds a frame: many formulas at once must not hold up the page. */
import type { Milliseconds } from "../../core/units.ts";

/** Of one frame; the rest is for the browser to lay out what was made. */
const FRAME_BUDGET: Milliseconds = 8;

const waiting = new Set<() => void>();
let spent: Milliseconds = 0;
let isAsked = false;

function run(work: () => void): void {
  const start = performance.now();
  work();
  spent += performance.now() - start;
}

function askForFrame(): void {
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      spent = 0;
      for (const work of waiting) {
        if (spent >= FRAME_BUDGET) {
          break;
        }
        waiting.delete(work);
        run(work);
      }
      if (waiting.size > 0) {
        askForFrame();
      }
    });
  }
}

/**
 * At once where this frame has time left, else in one to come.
 * @returns what takes it back
 */
export function typesetSoon(work: () => void): () => void {
  if (waiting.size === 0 && spent < FRAME_BUDGET) {
    run(work);
  } else {
    waiting.add(work);
  }
  askForFrame();
  return () => {
    waiting.delete(work);
  };
}
