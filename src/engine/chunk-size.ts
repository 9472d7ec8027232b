import type { Milliseconds } from "../core/units.ts";

/** Rewards appear, and Stop takes effect, about this often. */
const TARGET_MS = 400;
const SMALLEST = 16;
const LARGEST = 512;

/**
 * Picks how many tokens the next forward pass takes, from the speed of the last one, so that a pass takes
 * about 400 ms on whatever device this is. Changes by at most a factor of two a step: the first pass on a
 * device also compiles shaders, and says little about the next.
 */
export class ChunkSize {
  #tokens = 32;

  get tokens(): number {
    return this.#tokens;
  }

  measured(tokens: number, duration: Milliseconds): void {
    const ideal = (tokens * TARGET_MS) / Math.max(duration, 1);
    const bounded = Math.min(Math.max(ideal, this.#tokens / 2), this.#tokens * 2);
    this.#tokens = Math.round(Math.min(Math.max(bounded, SMALLEST), LARGEST));
  }
}
