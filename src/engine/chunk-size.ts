import type { Milliseconds } from "../core/units.ts";

/** Rewards appear, and Stop takes effect, about this often. */
const TARGET_MS = 400;
const SMALLEST = 16;

/**
 * Picks how many tokens the next forward pass takes, from the speed of the last one, so that a pass takes
 * about 400 ms on whatever device this is. It lives as long as the model: what one chain taught holds for the
 * next. Changes by at most a factor of two a step: the first pass on a device also compiles shaders, and says
 * little about the next.
 */
export class ChunkSize {
  #tokens = 32;

  /** @param largest What the memory plan allows for this sequence. */
  next(largest: number): number {
    return Math.max(1, Math.min(this.#tokens, largest));
  }

  /** A short pass, as the last one of a chain, says nothing of a long one: most of it is fixed cost. */
  measured(tokens: number, duration: Milliseconds): void {
    if (tokens < this.#tokens / 2 && duration < TARGET_MS) {
      return;
    }
    const ideal = (tokens * TARGET_MS) / Math.max(duration, 1);
    const bounded = Math.min(Math.max(ideal, this.#tokens / 2), this.#tokens * 2);
    this.#tokens = Math.round(Math.max(bounded, SMALLEST));
  }
}
