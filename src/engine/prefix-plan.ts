/** What of a prompt needs no computing, given what caches hold. Pure: it decides, and `SequencePool` acts. */
import type { TokenIndex } from "../core/units.ts";

/** What goes through the model for each position: the token, and the token announced to follow it. */
export interface FedTokens {
  readonly ids: readonly number[];
  readonly nextIds: readonly number[];
}

/** Logits that will be asked for. */
export interface WantedRead {
  /** Positions before this one may be kept even when the logits are not known: the rest is computed again. */
  readonly position: TokenIndex;
  /** Absent: the logits of the position itself. Else those after tokens put beside the first `position` ones. */
  readonly beside?: readonly number[];
}

/** A sequence that went through the model, as far as a plan looks at it. */
export interface CachedSequence extends FedTokens {
  /** Whether these logits are still known. */
  holds(read: WantedRead): boolean;
}

export type ReusePlan =
  /** Nothing helps: another sequence is begun. */
  | { readonly kind: "fresh" }
  /** The sequence goes on after its first `keep` positions; what came after them is forgotten. */
  | { readonly kind: "continue"; readonly index: number; readonly keep: TokenIndex }
  /** The same, on a copy: the old sequence is kept as it is. */
  | { readonly kind: "fork"; readonly index: number; readonly keep: TokenIndex };

/**
 * A sequence is copied only when it would lose more than this part of what it keeps: a copy of a long cache takes
 * as long as computing a few dozen tokens, and an edit of the last step must cost that step alone.
 */
const WORTH_A_COPY = 0.25;

/** Leading positions at which both were fed the same. */
export function commonPrefix(a: FedTokens, b: FedTokens): TokenIndex {
  const most = Math.min(a.ids.length, b.ids.length);
  let length = 0;
  while (length < most && a.ids[length] === b.ids[length] && a.nextIds[length] === b.nextIds[length]) {
    length += 1;
  }
  return length;
}

/** Leading positions of `wanted` that `cached` spares: the common prefix, up to the first read it no longer holds. */
export function keptBy(cached: CachedSequence, wanted: FedTokens, reads: readonly WantedRead[]): TokenIndex {
  return reads.reduce(
    (keep, read) => (read.position < keep && !cached.holds(read) ? read.position : keep),
    commonPrefix(cached, wanted),
  );
}

/**
 * Chooses the sequence that spares most.
 * @param mayFork Whether there is memory for one more sequence beside those cached.
 */
export function planReuse(
  cached: readonly CachedSequence[],
  wanted: FedTokens,
  reads: readonly WantedRead[],
  mayFork: boolean,
): ReusePlan {
  const kept = cached.map((sequence) => keptBy(sequence, wanted, reads));
  const keep = Math.max(0, ...kept);
  const index = kept.indexOf(keep);
  const best = cached[index];
  if (best === undefined || (keep === 0 && mayFork)) {
    return { kind: "fresh" };
  }
  const isWhole = keep === wanted.ids.length;
  const losesLittle = best.ids.length - keep <= keep * WORTH_A_COPY;
  return { kind: isWhole || losesLittle || !mayFork ? "continue" : "fork", index, keep };
}
