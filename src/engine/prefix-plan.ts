import type { TokenIndex } from "../core/units.ts";

/** What went through the model for each position: the token, and the token announced to follow it. */
export interface FedTokens {
  readonly ids: readonly number[];
  readonly nextIds: readonly number[];
}

/**
 * How many leading positions of `wanted` need no computing, given what the cache holds.
 *
 * The cache grows and cannot be cut back, so it is kept whole or not at all; it is reusable when every
 * position was fed exactly what the new prompt would feed there.
 */
export function planPrefix(cached: FedTokens, wanted: FedTokens): TokenIndex {
  const { length } = cached.ids;
  if (length > wanted.ids.length) {
    return 0;
  }
  for (let index = 0; index < length; index += 1) {
    if (cached.ids[index] !== wanted.ids[index] || cached.nextIds[index] !== wanted.nextIds[index]) {
      return 0;
    }
  }
  return length;
}
