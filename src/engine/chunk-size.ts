import { assertDefined } from "../core/assert.ts";
import type { Milliseconds, TokenIndex } from "../core/units.ts";

/** Rewards appear, and Stop takes effect, about this often. */
const TARGET_MS = 400;
const SMALLEST = 16;
const FIRST = 32;

/** Depths below this one are alike: attention is a small part of a pass there. */
const SHALLOW = 256;

/**
 * Picks how many tokens the next forward pass takes, from the speed of those before it, so that a pass takes
 * about 400 ms on whatever device this is. A pass costs more the more tokens lie before it, so a size is kept for
 * each depth: less than 256 tokens, than 768, than 1,792 and so on, each range twice as long as the one before.
 * It lives as long as the model: what one chain taught holds for the next. A size changes by at most a factor of
 * two a pass: the first on a device also compiles shaders, and says little about the next.
 */
export class ChunkSize {
  readonly #sizes = [FIRST];

  /**
   * @param from Tokens that lie before the pass.
   * @param largest What the memory plan allows for this sequence.
   */
  next(from: TokenIndex, largest: number): number {
    return Math.max(1, Math.min(this.#at(from), largest));
  }

  /** A short pass, as the last one of a chain, says nothing of a long one: most of it is fixed cost. */
  measured(from: TokenIndex, tokens: number, duration: Milliseconds): void {
    const size = this.#at(from);
    if (tokens < size / 2 && duration < TARGET_MS) {
      return;
    }
    const ideal = (tokens * TARGET_MS) / Math.max(duration, 1);
    const bounded = Math.min(Math.max(ideal, size / 2), size * 2);
    this.#sizes[depthOf(from)] = Math.round(Math.max(bounded, SMALLEST));
  }

  /** Of the depth, or of the nearest shallower one where a pass was timed. */
  #at(from: TokenIndex): number {
    const known = this.#sizes.slice(0, depthOf(from) + 1).findLast((size) => size !== undefined);
    return assertDefined(known, "the shallowest depth's size");
  }
}

function depthOf(from: TokenIndex): number {
  return Math.floor(Math.log2(1 + from / SHALLOW));
}
